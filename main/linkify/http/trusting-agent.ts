import { readFileSync } from 'node:fs';
import type { ClientRequestArgs } from 'node:http';
import { Agent } from 'node:https';
import type { Duplex } from 'node:stream';
// As a whole: Electron 33 has no getCACertificates, and rootCertificates is computed when it's read.
import tls from 'node:tls';

/** Where Linux systems have their root certificates: Debian and Arch, Fedora, openSUSE. */
const LINUX_FILES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/ca-bundle.pem',
];

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\w+/=\s]+-----END CERTIFICATE-----/g;

/**
 * An agent that trusts the system's root certificates besides those of the runtime. A packaged app
 * ignores NODE_EXTRA_CA_CERTS, so a company's own authority would be trusted nowhere else. They are
 * read for each connection: changes apply without a restart.
 */
export class TrustingAgent extends Agent {
  /** Of all agents, and replaced when the system's certificates change: parsing takes 25 ms and more. */
  static #shared: { readonly system: string; readonly context: tls.SecureContext } | undefined;

  override createConnection(
    options: ClientRequestArgs,
    done?: (error: Error | null, stream: Duplex) => void,
  ): Duplex | null | undefined {
    // Of `tls.connect`, which gets all options of the agent.
    const secure: ClientRequestArgs & Pick<tls.ConnectionOptions, 'secureContext'> = {
      ...options,
      secureContext: TrustingAgent.#context(),
    };
    return super.createConnection(secure, done);
  }

  static #context(): tls.SecureContext {
    const system = systemCertificates();
    if (TrustingAgent.#shared?.system !== system) {
      const own = tls.getCACertificates?.('default') ?? tls.rootCertificates;
      // One by one: OpenSSL would skip all that follow a damaged one.
      const ca = [...own, ...(system.match(CERTIFICATE) ?? [])];
      TrustingAgent.#shared = { system, context: tls.createSecureContext({ ca }) };
    }
    return TrustingAgent.#shared.context;
  }
}

/**
 * The root certificates of the system, as PEM. On Linux the file that `SSL_CERT_FILE` names, as
 * OpenSSL has it, else the distribution's. Empty where there are none.
 */
function systemCertificates(): string {
  if (process.platform !== 'linux') return tls.getCACertificates?.('system').join('\n') ?? '';
  const named = process.env.SSL_CERT_FILE;
  for (const path of named ? [named] : LINUX_FILES) {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      // Another system's place.
    }
  }
  return '';
}
