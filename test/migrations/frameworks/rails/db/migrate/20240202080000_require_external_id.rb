class RequireExternalId < ActiveRecord::Migration[6.1]
  def up
    add_check_constraint :users, "external_id IS NOT NULL", name: "users_external_id_null", validate: false
    execute "ALTER TABLE users VALIDATE CONSTRAINT users_external_id_null"
    change_column_null :users, :external_id, false
    remove_check_constraint :users, name: "users_external_id_null"
  end

  def down
    change_column_null :users, :external_id, true
  end
end
