// An OpenID provider on a port of this machine that knows everybody and takes any password. Each start has keys of its own.
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import Provider from 'oidc-provider';

const { PORT, CLIENT, SECRET, RETURN_TO, AFTER_SIGN_OUT } = process.env;
const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });

const provider = new Provider(`http://127.0.0.1:${PORT}`, {
  clients: [{
    client_id: CLIENT,
    client_secret: SECRET,
    redirect_uris: [RETURN_TO],
    post_logout_redirect_uris: [AFTER_SIGN_OUT],
    grant_types: ['authorization_code'],
    response_types: ['code'],
  }],
  claims: { openid: ['sub'], profile: ['name'], email: ['email', 'email_verified'], auth_time: null, sid: null },
  conformIdTokenClaims: false,
  cookies: { keys: [randomUUID()] },
  jwks: { keys: [{ ...key, use: 'sig', alg: 'RS256', kid: randomUUID() }] },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, name: `Name of ${id}`, email: `${id}@else.example`, email_verified: true }) }),
  pkce: { methods: ['S256'], required: () => true },
});
provider.listen(Number(PORT), '127.0.0.1', () => console.log('ready'));
