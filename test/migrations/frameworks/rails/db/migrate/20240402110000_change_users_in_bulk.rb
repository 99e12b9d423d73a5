class ChangeUsersInBulk < ActiveRecord::Migration[6.1]
  def change
    change_table :users, bulk: true do |t|
      t.string :locale, limit: 8, default: "en", null: false
      t.string :time_zone
      t.remove :bio, type: :text
    end
    change_table :orders do |t|
      t.rename :note, :remark
      t.references :parent, foreign_key: { to_table: :orders }
      t.index :state
    end
  end
end
