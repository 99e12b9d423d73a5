class RenameSeats < ActiveRecord::Migration[6.1]
  def change
    rename_column :accounts, :seats, :seat_limit
  end
end
