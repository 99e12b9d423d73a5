class CreateShop < ActiveRecord::Migration[6.1]
  def change
    create_table :accounts, charset: "utf8mb4" do |t|
      t.string :name, null: false, limit: 120
      t.string :subdomain, index: { unique: true }
      t.decimal :balance, precision: 12, scale: 2, default: 0, null: false
      t.boolean :active, default: true, null: false
      t.json :settings
      t.binary :logo
      t.float :score
      t.timestamps
    end

    create_table :orders do |t|
      t.references :account, null: false, foreign_key: { on_delete: :cascade }
      t.integer :total_cents, null: false
      t.integer :position, limit: 2
      t.text :note
      t.date :placed_on
      t.datetime :paid_at
    end
  end
end
