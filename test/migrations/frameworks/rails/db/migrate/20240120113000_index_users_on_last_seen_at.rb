# Writes to users must go on while the index is built.
class IndexUsersOnLastSeenAt < ActiveRecord::Migration[6.1]
  disable_ddl_transaction!

  def change
    add_index :users, :last_seen_at, algorithm: :concurrently
    remove_index :accounts, column: :plan, algorithm: :concurrently
  end
end
