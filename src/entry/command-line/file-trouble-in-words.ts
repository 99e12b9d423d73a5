const fileTroubles: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EACCES: 'may not be opened',
  EPERM: 'may not be opened',
  EISDIR: 'is a folder',
  ENOTDIR: 'lies below a file',
  ENOSPC: 'finds no space on the disk',
  EROFS: 'lies on a disk that cannot be written to',
};

/** What the system says of a file (`ENOENT: no such file or directory, open 'a'`), as a person would. */
export function fileTroubleInWords(message: string): string {
  const said = message.replace(
    /\b(E[A-Z]+): [^,\n]*, \w+ '([^'\n]*)'/g,
    (text, code: string, path: string) =>
      Object.hasOwn(fileTroubles, code) ? `${path} ${fileTroubles[code]}` : text,
  );
  return /[.!?`\n]$/.test(said) ? said.replace(/\?\.$/, '?') : `${said}.`;
}
