class DropMemberships < ActiveRecord::Migration[6.1]
  def up
    drop_table :memberships
    remove_reference :users, :profile, polymorphic: true
    remove_foreign_key :orders, :users
    remove_columns :accounts, :trial_ends_at, :tags
    remove_timestamps :orders
  end

  def down
    raise ActiveRecord::IrreversibleMigration
  end
end
