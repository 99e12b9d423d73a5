ActiveRecord::Schema[7.1].define(version: 2024_01_01_090000) do
  enable_extension "plpgsql"

  create_table "orders", force: :cascade do |t|
    t.string "number", limit: 20, null: false
    t.integer "total_cents", null: false
    t.datetime "created_at", null: false
  end
end
