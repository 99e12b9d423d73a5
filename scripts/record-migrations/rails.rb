# Writes what Rails sends for the migrations of a folder, as JSON on stdout: `sent.json` beside a corpus.
#
#   DATABASE_URL=postgresql://postgres@127.0.0.1:5432/empty ruby scripts/record-migrations/rails.rb test/migrations/frameworks/rails
#
# The database named must be empty. Needs the gems activerecord and pg, or mysql2.
require "active_record"
require "json"

root = ARGV.fetch(0)
url = ENV.fetch("DATABASE_URL")
ActiveRecord::Base.establish_connection(url)
ActiveRecord::Migration.verbose = false
sent = {}
current = nil
ActiveSupport::Notifications.subscribe("sql.active_record") do |*, event|
  sql = event[:sql]
  next if current.nil? || event[:name] == "SCHEMA" || event[:cached]
  next if sql.match?(/\A\s*(SELECT|SHOW|SET |SAVEPOINT|RELEASE|BEGIN|COMMIT)/)
  sent[current] << sql
end

Dir[File.join(root, "db/migrate/*.rb")].sort.each do |file|
  require File.expand_path(file)
  current = "db/migrate/#{File.basename(file)}"
  sent[current] = []
  migration = Object.const_get(File.basename(file, ".rb").sub(/\A\d+_/, "").camelize)
  if migration.disable_ddl_transaction
    migration.new.migrate(:up)
  else
    ActiveRecord::Base.transaction { migration.new.migrate(:up) }
  end
  current = nil
end

server = ActiveRecord::Base.connection.adapter_name
puts JSON.pretty_generate("from" => "ActiveRecord #{ActiveRecord::VERSION::STRING} on #{server}, as it sends it", "files" => sent)
