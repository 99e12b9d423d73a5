class PartitionEvents < ActiveRecord::Migration[6.1]
  def change
    reversible do |direction|
      direction.up do
        execute <<-SQL.squish
          CREATE TABLE events (
            id bigserial,
            happened_at timestamp NOT NULL,
            payload jsonb
          ) PARTITION BY RANGE (happened_at)
        SQL
        %w[2024 2025].each do |year|
          execute "CREATE TABLE events_#{year} PARTITION OF events FOR VALUES FROM ('#{year}-01-01') TO ('#{year.to_i + 1}-01-01')"
        end
        [:happened_at, :id].each { |column| add_index :events, column }
        create_default_partition
      end
      direction.down { drop_table :events }
    end
  end

  private

  def create_default_partition(name = "events_rest")
    execute("CREATE TABLE #{name} PARTITION OF events DEFAULT")
  end
end
