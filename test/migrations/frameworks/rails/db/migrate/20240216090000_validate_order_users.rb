class ValidateOrderUsers < ActiveRecord::Migration[6.1]
  def change
    validate_foreign_key :orders, :users
  end
end
