class RenameAccountSeats < ActiveRecord::Migration[6.1]
  def change
    add_index :accounts, :seats
    rename_column :accounts, :active, :enabled
    rename_index :accounts, "index_accounts_on_lower_name", "index_accounts_on_name"
    rename_table :accounts_users, :memberships
  end
end
