class AddPlanToAccounts < ActiveRecord::Migration[6.1]
  def change
    add_column :accounts, :plan, :string, null: false, default: "free"
    add_column :accounts, :trial_ends_at, :datetime
    add_column :accounts, :seats, :integer
    add_index :accounts, :plan, where: "active"
    add_index :accounts, [:trial_ends_at, :plan], order: { trial_ends_at: :desc }
    add_index :accounts, "lower(name)", name: "index_accounts_on_lower_name"
  end
end
