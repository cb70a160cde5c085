import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';

// `npm run update-key -- FILE`: makes a key that signs updates. FILE gets the private key, which
// becomes the secret UPDATE_SIGNING_KEY, or is kept offline as the spare; stdout gets the public
// key, which goes into package.json (updates.keys).

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('Name the file for the private key.');
const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
// Never over another key.
writeFileSync(file, pem, { mode: 0o600, flag: 'wx' });
console.log(publicKey.export({ type: 'spki', format: 'der' }).toString('base64'));
