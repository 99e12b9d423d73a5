# frozen_string_literal: true

class CreateAccounts < ActiveRecord::Migration[6.1]
  def change
    create_table :accounts do |t|
      t.string :name, null: false, limit: 120
      t.string :subdomain, null: false, index: { unique: true }
      t.decimal :balance, precision: 12, scale: 2, default: 0, null: false
      t.boolean :active, default: true, null: false
      t.jsonb :settings, default: {}, null: false
      t.string :tags, array: true, default: []
      t.timestamps
    end

    create_table :users, id: :uuid, default: -> { "gen_random_uuid()" } do |t|
      t.references :account, null: false, foreign_key: true
      t.references :invited_by, type: :uuid, foreign_key: { to_table: :users, on_delete: :nullify }
      t.references :profile, polymorphic: true
      t.integer :sign_in_count, default: 0, limit: 2
      t.bigint :external_id
      t.text :bio
      t.date :born_on
      t.datetime :last_seen_at, precision: 6
      t.index %i[account_id external_id], unique: true, name: "index_users_on_account_and_external"
      t.timestamps
    end
  end
end
