"""Words that tell names of secrets from other names, and secrets from what stands for them."""

from __future__ import annotations

# "pass" and "pwd" are secrets only as words of their own or in one of these.
PASS_WORDS = frozenset(
    """
    pass dbpass userpass smtppass rootpass mypass adminpass sshpass mailpass ftppass pwd dbpwd
    userpwd mypwd rootpwd adminpwd sqlpwd passwd
    """.split()
)

# Keywords of assignments; what follows the last word character is there to be selective.
PASSWORDS = (
    "password",
    "passwd",
    "passphrase",
    "passcode",
    "pwd",
    "_pass",
    "dbpass",
    "userpass",
    "smtppass",
    "rootpass",
    "mypass",
    "pass=",
    "pass:",
    "pass =",
    'pass"',
    "pass'",
    "passwort",
    "contrasena",
)
SECRETS = ("secret", "token", "credential", "auth_key", "authkey", "_auth")
KEYS = (
    "_key",
    "apikey",
    "api-key",
    "api key",
    "accesskey",
    "access-key",
    "privatekey",
    "private-key",
    "encryptionkey",
    "encryption-key",
    "signingkey",
    "signing-key",
    "accountkey",
    "account-key",
    "masterkey",
    "master-key",
    "appkey",
    "app-key",
    "consumerkey",
    "cryptokey",
    "hmackey",
    "aeskey",
    "cipherkey",
    "sharedkey",
    "servicekey",
    "licensekey",
)

# A keyword may run on into these and no other letters ("tokenizer" is no token).
RUNS_ON = frozenset(
    " s key keys token value string str pass word phrase text".split(" ")
)

# Words that say that a name is about a secret and does not hold one.
ABOUT = frozenset(
    """
    algorithm alg age alias api_name arn attempts attribute auth_type autocomplete backend bytes
    callback chars charset check class client_id column command complexity config confirm
    confirmation constraint cookie count created date default_name description digest dir
    directory display domain doc docs duration enabled encoding endpoint engine env error event
    exp expiration expires expiry ext extension field fields file filename files fingerprint fn
    folder format func function generator grant group handler hash hashed hashes header headers
    help hint host html
    icon id identifier ids index info input instructions invalid issuer kind label len length
    level lifetime limit link list location locked logo manager map max md5 message method min
    missing mode model module msg name names note num number object option options page param
    parameter parser path pattern placeholder plugin policy position prefix prompt property
    protocol provider query re ref reference regex regexp region request required reset resource
    role route rule rules schema scheme scope section selector sep separator service sha sha1
    sha256 size source spec state status step store strategy strength style suffix symbol syntax
    tag template test text timeout title tooltip ttl type types uid uri url urls usage user
    username valid validation validator var variable vars version view visible warning weight
    widget
    """.split()
)
# Before the keyword: what kind of token, key or word it is, harmless in the open.
HARMLESS = frozenset(
    """
    action ambient attr bad begin blank bos cache can change cls column composite confirm
    continuation csrf current_page delimiter dict disable dynamic empty enable end eos error
    expected export fake field first fk foreign forget forgot forgotten format get group has
    hash hide idempotency incorrect index input invalid is item join json label last lookup mask
    missing natural next no nonce object old output page pad partition primary public
    publishable request reset result row s3 select sep sequence should show site sort special
    ssr start stop subject translation unique unk unknown update use validate wrong xsrf
    """.split()
)

# A value that consists of these says what should stand there.
FILLERS = frozenset(
    """
    a abc access account admin an any api app auth authorization aws azure bar basic baz bearer
    blah bool boolean bytes change client code config confirm credential credentials current db
    default demo dev disabled dummy empty enabled enter env environment example fake false field
    file foo foobar for github google guest header here hidden http https id input insert
    invalid is it key keyring max min kubernetes local login me master mock my mypassword name
    new no none not null number oauth old on off open optional pass passphrase passwd password
    passwort path placeholder plain private prod production prompt public put pw pwd qux random
    redacted ref refresh removed replace required reset root sample secret secrets service
    session set some something ssh staging str string super supersecret team test testing text
    thing this to todo token true type undefined unset update url use user username v valid value
    var variable vault web with wrong x xxx yes you your
    """.split()
)
# Of these, the ones that no one takes for a password, whatever else it holds.
STAND_INS = frozenset(
    """
    change changeme dummy enter example fake foo foobar insert placeholder redacted replace
    sample test todo xxx your
    """.split()
)
# Words with digits that are no secrets.
TECHNICAL = frozenset(
    """
    aes128 aes256 argon2 argon2id base32 base58 base64 bcrypt2 ed25519 es256 hs256 hs384 hs512
    http2 ipv4 ipv6 latin1 md5 oauth1 oauth2 oauth2password pbkdf2 pkcs1 pkcs8 pkcs12 rs256
    rsa2048 rsa4096 scram sha1 sha224 sha256 sha384 sha512 utf16 utf8 uuid4 v1 v2 v3 v4 x509
    x25519
    """.split()
)
# Parts of a value that give a made-up one away.
TELLTALES = (
    "example",
    "placeholder",
    "changeme",
    "change-me",
    "change_me",
    "change-this",
    "change_this",
    "changethis",
    "replaceme",
    "replace-me",
    "replace_me",
    "replace-with",
    "replace_with",
    "insert-",
    "insert_",
    "your-",
    "your_",
    "yourtoken",
    "yourkey",
    "yourapi",
    "yoursecret",
    "yourpass",
    "redacted",
    "dummy",
    "sample",
    "fixme",
    "not-a-real",
    "not_a_real",
    "notreal",
    "xxxx",
    "****",
    "....",
    "...",
    "____",
    "----",
    "foobar",
    "lorem",
    "-here",
    "_here",
    "deadbeef",
    "todo",
    "sflkxwrjsmekkf2qt4fw",
)
# The commonest pairs of letters in words; random letters are rarely made of them.
PAIRS = frozenset(
    """
    th he in er an re on at en nd ti es or te of ed is it al ar st to nt ng se ha as ou io le ve
    co me de hi ri ro ic ne ea ra ce li ch ll be ma si om ur ca el ta la ns di fo ho pe ec pr no
    ct us ac ot il tr ly nc et ut ss so rs un lo wa ge ie wh ee wi em ad ol rt po we na ul ni ts
    mo ow pa im mi ai sh ir su id os iv ia am fi ci vi pl ig tu ev ld ry mp fe bl ab gh ty op wo
    sa ay ex ke fr oo av ag if ap gr od bo sp rd do uc bu ei ov by rm ep tt oc fa ef cu rn sc gi
    da yo cr cl du ga qu ue ff ba ey ls va um pp ua up lu go ht ru ug ds lt pi rc rr eg au ck ew
    mu br bi pt ak pu ui rg ib tl ny ki rk ys ob mm fu ph og ms ye ud mb ip ub oi rl gu dr hr cc
    tw ft wn nu af hu nn eo vo rv nf xp gn sm fl iz ok nl my gl aw ju oa eq sy sl ps jo lf nv je
    nk kn gs dy hy ze ks xt bs ik dd pt xi lp rp sk wr gy tm
    """.split()
)
