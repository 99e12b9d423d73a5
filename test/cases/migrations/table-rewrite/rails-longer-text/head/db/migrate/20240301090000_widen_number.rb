# Numbers of the new shop are longer than 20 characters. Undo: the old length, once long numbers are gone.
class WidenNumber < ActiveRecord::Migration[7.1]
  def up
    change_column :orders, :number, :string, limit: 40
  end

  def down
    change_column :orders, :number, :string, limit: 20
  end
end
