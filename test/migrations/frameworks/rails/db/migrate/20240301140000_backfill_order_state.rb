class BackfillOrderState < ActiveRecord::Migration[6.1]
  disable_ddl_transaction!

  class Order < ActiveRecord::Base
  end

  def up
    execute <<~SQL
      UPDATE orders
         SET state = 'shipped'
       WHERE state = 'sent'
    SQL
    Order.where(note: "").in_batches.update_all(note: nil)
  end

  def down
    raise ActiveRecord::IrreversibleMigration
  end
end
