import { type DatabaseSignal, databaseNamed, databaseOfPath, folderOf } from './path-signals.ts';

/** Files of a Python project that name the driver of its database, from a migration's folder upwards. */
export function pythonCompanions(path: string): readonly string[] {
  const folders: string[] = [];
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    folders.push(folder);
    if (folder === '') break;
  }
  const names = [
    'requirements.txt',
    'pyproject.toml',
    'alembic.ini',
    'setup.cfg',
    'setup.py',
    'Pipfile',
    'requirements/base.txt',
  ];
  const app = folders[1] ?? '';
  const nearest = folders.slice(0, 5);
  if (!nearest.includes('')) nearest.push('');
  const at = (folder: string, name: string) => (folder === '' ? name : `${folder}/${name}`);
  return [at(app, 'apps.py'), ...nearest.flatMap((folder) => names.map((name) => at(folder, name)))];
}

/** What the file imports decides, then its project's drivers, where they are for one database alone. */
export function pythonDatabase(
  path: string,
  text: string,
  companions: ReadonlyMap<string, string>,
): DatabaseSignal {
  const inText = new Set<string>();
  if (
    /django\.contrib\.postgres|sqlalchemy\.dialects(?:\.postgresql|\s{1,5}import\s{1,5}[^\n]{0,200}\bpostgresql\b)|postgresql_\w{1,40}\s?=/.test(
      text,
    )
  )
    inText.add('postgresql');
  if (
    /sqlalchemy\.dialects(?:\.mysql|\s{1,5}import\s{1,5}[^\n]{0,200}\bmysql\b)|mysql_\w{1,40}\s?=/.test(text)
  )
    inText.add('mysql');
  const [own] = inText;
  if (own !== undefined && inText.size === 1) return { dialect: own === 'mysql' ? 'mysql' : 'postgresql' };
  const byPath = databaseOfPath(path);
  if (byPath.dialect !== 'unknown' || byPath.otherDatabase !== undefined) return byPath;
  const found = new Set<string>();
  for (const other of pythonCompanions(path)) {
    const content = companions.get(other);
    if (content === undefined) continue;
    if (/\b(?:psycopg\d?|asyncpg|pg8000)\b|postgres(?:ql)?(?:\+\w+)?:\/\//.test(content))
      found.add('postgresql');
    if (/\b(?:mysqlclient|pymysql|aiomysql|mysql-connector-python)\b|mysql(?:\+\w+)?:\/\//i.test(content))
      found.add('mysql');
  }
  const [only] = found;
  return (only !== undefined && found.size === 1 ? databaseNamed(only) : undefined) ?? { dialect: 'unknown' };
}
