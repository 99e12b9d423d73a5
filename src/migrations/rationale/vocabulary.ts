import { dictionary } from './words.ts';

/** English words that carry grammar, not matter. Their presence is also how English is told from other languages. */
export const functionWords = dictionary(`
a an the this that these those it its they them their there here he she we us our you your i my me who whom which what
when where while whose how is are was were be been being am do does did done has have had having can could may might
must shall will would should not no nor and or but if then else than as at by for from in into of off on onto out over
per to too up upon via with within without about above across after against along among around before behind below
between beyond during through under until all any both each every few more most other some such only own same so very
also again once ever even still yet already now because since due ie eg etc vs i'm it's that's don't doesn't didn't
isn't aren't wasn't weren't can't couldn't won't wouldn't haven't hasn't one ones let lets whether
`);

/** Words that fit every change, so they say nothing about this one. */
export const genericWords = dictionary(`
n/a na none nil tbd todo wip fixme misc various several minor small quick simple simply just some stuff thing things
change changes changed changing update updates updated updating fix fixes fixed fixing improve improved improvement
improvements improving performance perf better optimise optimize optimisation optimization new feature features feat
bug bugs bugfix chore refactor refactoring cleanup clean tidy work works working support supported implement
implemented implementation implements issue issues ticket tickets task tasks story jira pr pull request requests review
reviews reviewed address addressed addressing feedback title description above below see discussed
discussion discuss meeting talked per explained self-explanatory self explanatory obvious obviously trivial needed need
needs require required requires requirement requirements use used using make makes made do please thanks lgtm ok okay
yes no maybe test tests tested testing tester lint linter format formatting prettier bump bumps version typo typos
merge merged rebase rebased commit commits branch main master develop release initial first final finally try attempt
another next step part more patch code file files script scripts project app application backend frontend api service
server machine local locally locals good fine nice necessary appropriate correct correctly properly safe safely easy
easily ready reason reasons purpose purposes etc data database databases db query queries thing way ensure latest
run runs running ran pull pulled pulling checkout npm npx yarn pnpm make ci cd pipeline build builds building compile compiles
compiling compilation screenshot screenshots docs doc changelog checklist cc hi hello hey thank hope contribution
reviewer reviewers coming soon author authors fresh locally manual manually rerun retry practice practices convention
conventions consistency consistent naming request requested team everyone ms sec secs second seconds min mins minute minutes
s h hour hours remote-tracking origin regenerate regenerated bumped old
generated generate auto automatically reflect accordingly related relevant additional extra functionality logic based corresponding respective existing spec specs
fixture fixtures mock mocks
`);

/** What SQL itself is called: a sentence of these and of the change's own names repeats the statement. */
export const schemaWords = dictionary(`
add adds added adding create creates created creating drop drops dropped dropping remove removes removed removing
delete deletes deleted deleting alter alters altered altering rename renames renamed renaming modify modifies modified
modifying set sets setting insert inserts inserted migration migrations migrate migrates migrated migrating schema
schemas table tables column columns field fields index indexes indices indexing indexed constraint constraints key keys
foreign primary unique null nullable not-null notnull default defaults type types enum enums value values integer int
int4 int8 bigint smallint text varchar char string boolean bool timestamp timestamptz date datetime time numeric decimal
json jsonb uuid serial view views transaction transactions trigger triggers function functions sequence row rows record records sql ddl up down
database clickhouse mongodb mariadb oracle relation relations reference references model models entity entities cascade concurrently if exists from
postgres postgresql mysql sqlite prisma alembic flyway goose drizzle diesel extension policy truncate select where count
altertable createtable createindex dropindex dropforeignkey addforeignkey droptable createenum alterenum redefinetables
`);

/** What may stand before them. */
export const stepOpeners = dictionary(
  'pr pull request commit change patch migration step phase first then next finally part script',
);

/** With these a sentence begins that tells the statement. */
export const ddlVerbs = dictionary(`
add adds added adding create creates created creating drop drops dropped dropping remove removes removed removing delete
deletes deleted alter alters altered rename renames renamed change changes changed update updates updated set sets make
makes made migrate migrates migrated modify modifies modified introduce introduces index widen widens extend extends convert converts
insert inserts populate populates populated recreate recreates backfill backfills replace replaces
`);

/** What a schema is made of: a sentence with one of these speaks of the schema, not of what it is for. */
export const schemaNouns = dictionary(`
migration migrations schema schemas table tables column columns field fields index indexes indices constraint constraints
key keys null nullable enum enums trigger triggers model models row rows relation relations bigint integer int varchar
boolean timestamp timestamptz jsonb uuid
`);

/** Words with which a text only points to another place. */
export const pointerWords = dictionary(`
see fix fixes fixed close closes closed resolve resolves resolved ref refs reference references relates related re issue
issues ticket tickets jira linear story task pr bug part link links context details detail more info for of to in
the and revert reverts reverted reverting commit
`);
