class CreateOrders < ActiveRecord::Migration[6.1]
  STATES = %w[open paid shipped].freeze

  def change
    create_table :orders do |t|
      t.belongs_to :account, null: false, foreign_key: { on_delete: :cascade }
      t.uuid :user_id
      t.string :state, null: false, default: STATES.first
      t.integer :total_cents, null: false
      t.string :currency, limit: 3, null: false
      t.column :note, :text
      t.timestamps
    end
    add_index :orders, :user_id
    create_table :legacy_orders, id: :serial
    add_foreign_key :orders, :users, validate: false
    create_join_table :accounts, :users do |t|
      t.index :user_id
    end
  end
end
