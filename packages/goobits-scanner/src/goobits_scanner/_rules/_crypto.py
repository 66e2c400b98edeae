"""Cryptography that does not hold."""

from __future__ import annotations

from goobits_scanner._rules._rule import LIKELY, LOW, SURE, VULNERABILITY, Rule

_WEAK_HASHES = "md5 sha1 md4 ripemd160".split()
_CIPHERS = "DES DES3 ARC2 ARC4 Blowfish CAST XOR".split()
_NAMES = (
    "token secret password session_id csrf_token api_key otp nonce salt reset_token "
    "access_token auth_token verification_code session_token invite_code key iv"
).split()
_JS_NAMES = (
    "token secret password sessionId csrfToken apiKey otp nonce salt resetToken accessToken "
    "authToken verificationCode code key iv"
).split()

RULES = (
    Rule(
        "weak-hash",
        "crypto",
        VULNERABILITY,
        LOW,
        LIKELY,
        328,
        "A hash is used for which two texts with the same value can be made",
        "Signatures, passwords and checks built on it can be forged.",
        "Use SHA-256 or BLAKE2; for passwords scrypt or argon2. Say so where it is no protection.",
        {
            "python": (
                *(
                    f"hashlib.{name}(usedforsecurity: !false)"
                    for name in _WEAK_HASHES[:2]
                ),
                "hashlib.new(0/name: /(?i)^(?:md4|md5|sha1|sha-1|ripemd160)$/; usedforsecurity: !false)",
                *(
                    f"Crypto.Hash.{name}.new()"
                    for name in "MD2 MD4 MD5 SHA SHA1".split()
                ),
                *(
                    f"Cryptodome.Hash.{name}.new()"
                    for name in "MD2 MD4 MD5 SHA SHA1".split()
                ),
                "cryptography.hazmat.primitives.hashes.MD5()",
                "cryptography.hazmat.primitives.hashes.SHA1()",
                "hmac.new(2/digestmod: <hashlib.md5> | 'md5')",
                "md5.new()",
                "sha.new()",
                "crypt.crypt()",
                "django.contrib.auth.hashers.make_password(2/hasher: 'md5' | 'sha1' | 'unsalted_md5')",
                "passlib.hash.md5_crypt.hash()",
                "passlib.hash.sha1_crypt.hash()",
                "passlib.hash.des_crypt.hash()",
            ),
            "javascript": (
                "crypto.createHash(0: /(?i)^(?:md4|md5|sha1|sha-1|rmd160|ripemd160)$/)",
                "crypto.createHmac(0: /(?i)^(?:md4|md5)$/)",
                "crypto.subtle.digest(0: /(?i)^sha-1$/)",
                "crypto-js.MD5()",
                "crypto-js.SHA1()",
                "crypto-js.md5()",
                "crypto-js.sha1()",
                "md5()",
                "md5-file()",
                "sha1()",
                "blueimp-md5()",
                "js-md5()",
                "js-sha1()",
                "ts-md5.Md5.hashStr()",
                "crypto.createSign(0: /(?i)^(?:RSA-)?(?:MD5|SHA1|MD4)$/)",
                "crypto.createVerify(0: /(?i)^(?:RSA-)?(?:MD5|SHA1|MD4)$/)",
                "crypto.hash(0: /(?i)^(?:md5|sha1)$/)",
                "crypto.pbkdf2Sync(4: /(?i)^(?:md5|sha1)$/)",
                "crypto.pbkdf2(4: /(?i)^(?:md5|sha1)$/)",
                "hash.js.sha1()",
                "node-forge.md.md5.create()",
                "node-forge.md.sha1.create()",
                "spark-md5.hash()",
                "object-hash(1.algorithm: /(?i)^(?:md5|sha1)$/)",
                "crypto-js.HmacMD5()",
                "crypto-js.HmacSHA1()",
                "@noble.hashes.sha1.sha1()",
                "ts-md5.Md5()",
            ),
            "rust": (
                "md5.compute()",
                "md5.Md5.new()",
                "md5.Md5.digest()",
                "md_5.Md5.new()",
                "md_5.Md5.digest()",
                "md4.Md4.new()",
                "md2.Md2.new()",
                "sha1.Sha1.new()",
                "sha1.Sha1.digest()",
                "sha1.Sha1.from()",
                "sha_1.Sha1.new()",
                "sha1_smol.Sha1.new()",
                "ring.digest.SHA1_FOR_LEGACY_USE_ONLY",
                "openssl.hash.MessageDigest.md5()",
                "openssl.hash.MessageDigest.sha1()",
                "openssl.sha.sha1()",
                "crypto.md5.Md5.new()",
                "crypto.sha1.Sha1.new()",
                "Md5.new()",
                "Sha1.new()",
                "Md5.digest()",
                "Sha1.digest()",
            ),
        },
        bad={
            "python": (
                "import hashlib\ndigest = hashlib.md5(data).hexdigest()\n",
                "import hashlib\ndigest = hashlib.new('sha1', data)\n",
            ),
            "javascript": (
                "const crypto = require('crypto');\ncrypto.createHash('md5').update(x);\n",
            ),
            "rust": ("fn f(d: &[u8]) { let h = md5::compute(d); }\n",),
        },
        good={
            "python": (
                "import hashlib\ndigest = hashlib.sha256(data).hexdigest()\n",
                "import hashlib\nkey = hashlib.md5(data, usedforsecurity=False)\n",
            ),
            "javascript": (
                "const crypto = require('crypto');\ncrypto.createHash('sha256').update(x);\n",
            ),
            "rust": ("fn f(d: &[u8]) { let h = sha2::Sha256::digest(d); }\n",),
        },
    ),
    Rule(
        "weak-cipher",
        "crypto",
        VULNERABILITY,
        LOW,
        SURE,
        327,
        "A cipher, or a mode of one, is used that can be broken",
        "Short blocks, weak keys or ECB give away what they should hide.",
        "Use AES-GCM or ChaCha20-Poly1305 with a fresh nonce for each message.",
        {
            "python": (
                *(f"Crypto.Cipher.{name}.new()" for name in _CIPHERS),
                *(f"Cryptodome.Cipher.{name}.new()" for name in _CIPHERS),
                *(
                    f"cryptography.hazmat.primitives.ciphers.algorithms.{name}()"
                    for name in "ARC4 Blowfish IDEA CAST5 SEED TripleDES RC2 ARC2".split()
                ),
                "cryptography.hazmat.primitives.ciphers.modes.ECB()",
                "Crypto.Cipher.AES.new(1/mode: <Crypto.Cipher.AES.MODE_ECB>)",
                "Cryptodome.Cipher.AES.new(1/mode: <Cryptodome.Cipher.AES.MODE_ECB>)",
                "pyDes.des()",
                "pyDes.triple_des()",
            ),
            "javascript": (
                "crypto.createCipher()",
                "crypto.createDecipher()",
                "crypto.createCipheriv(0: /(?i)ecb|^des|^rc[24]|^bf|^blowfish|^idea|^cast|3des/)",
                "crypto.createDecipheriv(0: /(?i)ecb|^des|^rc[24]|^bf|^blowfish|^idea|3des/)",
                "crypto-js.DES.encrypt()",
                "crypto-js.TripleDES.encrypt()",
                "crypto-js.RC4.encrypt()",
                "crypto-js.Rabbit.encrypt()",
                "crypto-js.AES.encrypt(2.mode: <crypto-js.mode.ECB>)",
                "node-forge.cipher.createCipher(0: /(?i)ecb|^des|^rc2|3des/)",
                "node-forge.rc2.createEncryptionCipher()",
            ),
            "rust": (
                "openssl.symm.Cipher.aes_128_ecb",
                "openssl.symm.Cipher.aes_192_ecb",
                "openssl.symm.Cipher.aes_256_ecb",
                "openssl.symm.Cipher.des_cbc",
                "openssl.symm.Cipher.des_ecb",
                "openssl.symm.Cipher.des_ede3",
                "openssl.symm.Cipher.des_ede3_cbc",
                "openssl.symm.Cipher.rc4",
                "openssl.symm.Cipher.bf_cbc",
                "des.Des.new()",
                "des.Des.new_from_slice()",
                "des.TdesEde3.new()",
                "rc4.Rc4.new()",
                "blowfish.Blowfish.new()",
                "blowfish.Blowfish.new_from_slice()",
                "ecb.Encryptor.new()",
                "ecb.Encryptor.new_from_slice()",
                "block_modes.Ecb.new_from_slices()",
            ),
        },
        bad={
            "python": (
                "from Crypto.Cipher import DES\nc = DES.new(key, DES.MODE_CBC)\n",
                "from Crypto.Cipher import AES\nc = AES.new(key, AES.MODE_ECB)\n",
            ),
            "javascript": (
                "const crypto = require('crypto');\n"
                "crypto.createCipheriv('aes-128-ecb', key, null);\n",
            ),
            "rust": ("fn f() { let c = openssl::symm::Cipher::aes_128_ecb(); }\n",),
        },
        good={
            "python": (
                "from Crypto.Cipher import AES\nc = AES.new(key, AES.MODE_GCM)\n",
            ),
            "javascript": (
                "const crypto = require('crypto');\n"
                "crypto.createCipheriv('aes-256-gcm', key, iv);\n",
            ),
            "rust": ("fn f() { let c = openssl::symm::Cipher::aes_256_gcm(); }\n",),
        },
    ),
    Rule(
        "short-key",
        "crypto",
        VULNERABILITY,
        LOW,
        SURE,
        326,
        "A key is too short",
        "Keys of this size have been broken, or will be while the data still matters.",
        "Use RSA keys of 2048 bits at least, curves of 224, and 100,000 rounds for passwords.",
        {
            "python": (
                "cryptography.hazmat.primitives.asymmetric.rsa.generate_private_key(1/key_size: < 2048)",
                "cryptography.hazmat.primitives.asymmetric.dsa.generate_private_key(0/key_size: < 2048)",
                "cryptography.hazmat.primitives.asymmetric.ec.generate_private_key(0/curve: <**.SECT163K1> | <**.SECT163R2> | <**.SECP192R1>)",
                "cryptography.hazmat.primitives.asymmetric.ec.generate_private_key(0/curve: <**.SECT163K1()> | <**.SECT163R2()> | <**.SECP192R1()>)",
                "Crypto.PublicKey.RSA.generate(0/bits: < 2048)",
                "Cryptodome.PublicKey.RSA.generate(0/bits: < 2048)",
                "Crypto.PublicKey.DSA.generate(0/bits: < 2048)",
                "Cryptodome.PublicKey.DSA.generate(0/bits: < 2048)",
                "rsa.newkeys(0/nbits: < 2048)",
                "OpenSSL.crypto.PKey().generate_key(1: < 2048)",
                "paramiko.RSAKey.generate(0/bits: < 2048)",
                "paramiko.DSSKey.generate()",
                "hashlib.pbkdf2_hmac(3/iterations: < 10000)",
                "cryptography.hazmat.primitives.kdf.pbkdf2.PBKDF2HMAC(iterations: < 10000)",
                "Crypto.Protocol.KDF.PBKDF2(3/count: < 10000)",
                "bcrypt.gensalt(0/rounds: < 10)",
            ),
            "javascript": (
                "crypto.generateKeyPair(1.modulusLength: < 2048)",
                "crypto.generateKeyPairSync(1.modulusLength: < 2048)",
                "crypto.pbkdf2(2: < 10000)",
                "crypto.pbkdf2Sync(2: < 10000)",
                "node-forge.pki.rsa.generateKeyPair(0: < 2048)",
                "node-rsa(0.b: < 2048)",
                "bcrypt.hash(1: < 10)",
                "bcrypt.hashSync(1: < 10)",
                "bcrypt.genSalt(0: < 10)",
                "bcryptjs.hash(1: < 10)",
                "bcryptjs.hashSync(1: < 10)",
                "bcryptjs.genSaltSync(0: < 10)",
                "crypto-js.PBKDF2(2.iterations: < 10000)",
                "crypto.generateKeyPair(1.namedCurve: /(?i)^(?:secp|sect|prime)(?:1[0-9]{2})/)",
                "crypto.generateKeyPairSync(1.namedCurve: /(?i)^(?:secp|sect)1[0-9]{2}/)",
                "crypto.createECDH(0: /(?i)^(?:secp|sect)1[0-9]{2}/)",
                "crypto.createDiffieHellman(0: < 2048)",
                "crypto.getDiffieHellman(0: /^modp(?:1|2|5)$/)",
                "bcrypt.genSaltSync(0: < 10)",
                "bcryptjs.genSalt(0: < 10)",
                "crypto.scryptSync(3.N: < 16384)",
                "crypto.subtle.generateKey(0.modulusLength: < 2048)",
            ),
            "rust": (
                "openssl.rsa.Rsa.generate(0: < 2048)",
                "rsa.RsaPrivateKey.new(1: < 2048)",
                "openssl.rsa.Rsa.generate_with_e(0: < 2048)",
                "pbkdf2.pbkdf2_hmac(2: < 10000)",
                "pbkdf2.pbkdf2_hmac_array(2: < 10000)",
                "openssl.pkcs5.pbkdf2_hmac(2: < 10000)",
                "bcrypt.hash(1: < 10)",
            ),
        },
        bad={
            "python": ("from Crypto.PublicKey import RSA\nkey = RSA.generate(1024)\n",),
            "javascript": (
                "const crypto = require('crypto');\n"
                "crypto.generateKeyPairSync('rsa', { modulusLength: 1024 });\n",
            ),
            "rust": ("fn f() { openssl::rsa::Rsa::generate(1024); }\n",),
        },
        good={
            "python": ("from Crypto.PublicKey import RSA\nkey = RSA.generate(3072)\n",),
            "javascript": (
                "const crypto = require('crypto');\n"
                "crypto.generateKeyPairSync('rsa', { modulusLength: 3072 });\n",
            ),
            "rust": ("fn f() { openssl::rsa::Rsa::generate(3072); }\n",),
        },
    ),
    Rule(
        "predictable-random",
        "crypto",
        VULNERABILITY,
        LOW,
        LIKELY,
        338,
        "A secret is made of random numbers that can be predicted",
        "Who sees some of them knows the next ones.",
        "Use `secrets`, `crypto.randomBytes`, or the system's generator.",
        {
            "python": (
                *(
                    f"{name} = <random.{function}()> | <numpy.random.{function}()>"
                    for name in _NAMES
                    for function in "random randint randrange choice choices getrandbits".split()
                ),
                *(f"{name} = <.join()> & ~weak-random" for name in _NAMES),
                *(f"{name} = ~weak-random & dynamic" for name in _NAMES),
                "uuid.uuid1()",
                "secrets.token_bytes(0/nbytes: < 8)",
                "secrets.token_hex(0/nbytes: < 8)",
            ),
            "javascript": (
                *(f"{name} = ~weak-random & dynamic" for name in _JS_NAMES),
                "crypto.pseudoRandomBytes()",
                "uuid.v1()",
            ),
            "rust": (
                "rand.rngs.SmallRng.seed_from_u64()",
                "rand.rngs.SmallRng.from_seed()",
                "rand.rngs.StdRng.seed_from_u64(0: constant)",
                "rand_chacha.ChaCha20Rng.seed_from_u64(0: constant)",
                "rand.SeedableRng.seed_from_u64(0: constant)",
                "StdRng.seed_from_u64(0: constant)",
                "StdRng.from_seed(0: constant)",
                *(f"{name} = ~weak-random & dynamic" for name in _NAMES),
            ),
        },
        bad={
            "python": (
                "import random\ntoken = random.randint(0, 1000000)\n",
                "import random, string\n"
                "password = ''.join(random.choice(string.ascii_letters) for _ in range(8))\n",
            ),
            "javascript": ("const token = Math.random().toString(36).slice(2);\n",),
            "rust": (
                "use rand::rngs::StdRng;\nfn f() { StdRng::seed_from_u64(1); }\n",
            ),
        },
        good={
            "python": (
                "import secrets\ntoken = secrets.token_hex(16)\n",
                "import random\nside = random.randint(1, 6)\n",
            ),
            "javascript": (
                "const token = crypto.randomBytes(16).toString('hex');\n",
                "const angle = Math.random() * 360;\n",
            ),
            "rust": ("use rand::rngs::OsRng;\nfn f() { OsRng.next_u64(); }\n",),
        },
    ),
    Rule(
        "fixed-iv-or-key",
        "crypto",
        VULNERABILITY,
        LOW,
        LIKELY,
        329,
        "A key, a salt or a nonce stands in the code",
        "Everyone who has the code has it, and the same one is used for every message.",
        "Make nonces and salts anew each time, and keep keys out of the code.",
        {
            "python": (
                "Crypto.Cipher.AES.new(0/key: constant)",
                "Crypto.Cipher.AES.new(2/iv: constant)",
                "Crypto.Cipher.AES.new(nonce: constant)",
                "Cryptodome.Cipher.AES.new(0/key: constant)",
                "Cryptodome.Cipher.AES.new(2/iv: constant)",
                "Cryptodome.Cipher.AES.new(nonce: constant)",
                "cryptography.hazmat.primitives.ciphers.modes.CBC(0: constant)",
                "cryptography.hazmat.primitives.ciphers.modes.CTR(0: constant)",
                "cryptography.hazmat.primitives.ciphers.modes.GCM(0: constant)",
                "cryptography.hazmat.primitives.ciphers.algorithms.AES(0: constant)",
                "cryptography.fernet.Fernet(0/key: constant)",
                "hashlib.pbkdf2_hmac(2/salt: constant)",
                "hashlib.scrypt(salt: constant)",
                "cryptography.hazmat.primitives.kdf.pbkdf2.PBKDF2HMAC(salt: constant)",
                "hmac.new(0/key: constant & /./)",
                "nacl.secret.SecretBox(0: constant)",
                "itsdangerous.URLSafeTimedSerializer(0: constant)",
                "itsdangerous.URLSafeSerializer(0: constant)",
            ),
            "javascript": (
                "crypto.createCipheriv(1: constant)",
                "crypto.createCipheriv(2: constant & string)",
                "crypto.createCipheriv(2: <Buffer.alloc()>)",
                "crypto.createHmac(1: constant & string)",
                "crypto.pbkdf2Sync(1: constant)",
                "crypto.pbkdf2(1: constant)",
                "crypto.scryptSync(1: constant)",
                "crypto.scrypt(1: constant)",
                "crypto-js.AES.encrypt(1: constant)",
                "crypto-js.HmacSHA256(1: constant)",
                "crypto.createCipheriv(1: ~fixed & constant)",
                "crypto.createCipheriv(2: ~fixed & constant)",
                "crypto.createDecipheriv(2: constant & string)",
                "crypto.createDecipheriv(2: ~fixed & constant)",
                "crypto.createHmac(1: ~fixed & constant)",
                "crypto-js.AES.encrypt(2.iv: constant | ~fixed)",
                "crypto-js.AES.decrypt(1: constant)",
                "crypto-js.HmacSHA512(1: constant)",
                "crypto-js.HmacSHA1(1: constant)",
            ),
            "rust": (
                "aes_gcm.Nonce.from_slice(0: constant)",
                "aes_gcm.aead.Nonce.from_slice(0: constant)",
                "Nonce.from_slice(0: constant)",
                "aes_gcm.Key.from_slice(0: constant)",
                "Key.from_slice(0: constant)",
                "chacha20poly1305.Nonce.from_slice(0: constant)",
                "openssl.symm.encrypt(1: constant)",
                "ring.hmac.Key.new(1: constant)",
            ),
        },
        bad={
            "python": (
                "from Crypto.Cipher import AES\n"
                "c = AES.new(key, AES.MODE_CBC, b'0123456789abcdef')\n",
            ),
            "javascript": (
                "const crypto = require('crypto');\n"
                "crypto.createCipheriv('aes-256-cbc', key, '0123456789abcdef');\n",
                "import crypto from 'crypto';\nconst IV = Buffer.from('0123456789abcdef');\nexport const seal = (key) => crypto.createCipheriv('aes-256-cbc', key, IV);\n",
            ),
            "rust": (
                'fn f() { let n = aes_gcm::Nonce::from_slice(b"0123456789ab"); }\n',
            ),
        },
        good={
            "python": (
                "import os\nfrom Crypto.Cipher import AES\n"
                "c = AES.new(key, AES.MODE_CBC, os.urandom(16))\n",
            ),
            "javascript": (
                "const crypto = require('crypto');\n"
                "crypto.createCipheriv('aes-256-cbc', key, crypto.randomBytes(16));\n",
                "const crypto = require('crypto');\nconst iv = crypto.randomBytes(16);\nmodule.exports = (key) => crypto.createCipheriv('aes-256-gcm', key, iv);\n",
            ),
            "rust": ("fn f(b: &[u8]) { let n = aes_gcm::Nonce::from_slice(b); }\n",),
        },
    ),
    Rule(
        "padding-without-check",
        "crypto",
        VULNERABILITY,
        LOW,
        LIKELY,
        780,
        "RSA is used with a padding that gives messages away, or with none",
        "Answers about the padding let others decrypt message by message.",
        "Use OAEP to encrypt and PSS to sign.",
        {
            "python": (
                "Crypto.Cipher.PKCS1_v1_5.new()",
                "Cryptodome.Cipher.PKCS1_v1_5.new()",
                "cryptography.hazmat.primitives.asymmetric.padding.PKCS1v15()",
                "M2Crypto.RSA.no_padding",
            ),
            "javascript": (
                "crypto.publicEncrypt(0.padding: <crypto.constants.RSA_PKCS1_PADDING> | <crypto.constants.RSA_NO_PADDING>)",
                "crypto.privateDecrypt(0.padding: <crypto.constants.RSA_PKCS1_PADDING> | <crypto.constants.RSA_NO_PADDING>)",
                "crypto.createCipheriv().setAutoPadding(0: false)",
                "node-rsa(2.encryptionScheme: 'pkcs1')",
                "node-rsa().setOptions(0.encryptionScheme: 'pkcs1')",
            ),
            "rust": (
                "rsa.Pkcs1v15Encrypt",
                "rsa.PaddingScheme.new_pkcs1v15_encrypt()",
                "openssl.rsa.Padding.PKCS1",
                "openssl.rsa.Padding.NONE",
            ),
        },
        bad={
            "python": (
                "from Crypto.Cipher import PKCS1_v1_5\nc = PKCS1_v1_5.new(key)\n",
            ),
            "javascript": (
                "const crypto = require('crypto');\n"
                "crypto.publicEncrypt({ key, padding: crypto.constants.RSA_NO_PADDING }, data);\n",
            ),
            "rust": ("fn f() { let p = openssl::rsa::Padding::NONE; }\n",),
        },
        good={
            "python": (
                "from Crypto.Cipher import PKCS1_OAEP\nc = PKCS1_OAEP.new(key)\n",
            ),
            "javascript": (
                "const crypto = require('crypto');\ncrypto.publicEncrypt(key, data);\n",
            ),
            "rust": ("fn f() { let p = openssl::rsa::Padding::PKCS1_OAEP; }\n",),
        },
    ),
)
