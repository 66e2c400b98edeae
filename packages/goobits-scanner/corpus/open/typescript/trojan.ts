//: bad comment-bidi
export function isAllowed(role: string): boolean {
  /*<|202E|> } <|2066|>if (role === 'admin')<|2069|> <|2066|> begin check */ //!
  return true;
  /* end check <|202E|> { <|2066|>*/
}

//: good comment-bidi
export function isAllowed(role: string): boolean {
  /* בדיקת הרשאה: רק מנהל רשאי */
  return role === 'admin';
}

//: bad cyrillic-name
const isAdmin = (user: { role: string }): boolean => user.role === 'admin';
const isAdm<|456|>n = (user: { role: string }): boolean => true; //!

export const guard = (user: { role: string }): boolean => isAdm<|456|>n(user);

//: good cyrillic-name
const isAdmin = (user: { role: string }): boolean => user.role === 'admin';
const имя = (user: { name: string }): string => user.name;

export const guard = (user: { role: string; name: string }) => (isAdmin(user) ? имя(user) : '');
