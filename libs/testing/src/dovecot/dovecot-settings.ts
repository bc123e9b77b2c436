/** Where one server keeps its files and listens. */
export interface DovecotPlace {
  readonly folder: string;
  readonly imapPort: number;
  readonly imapsPort: number;
  readonly lmtpPort: number;
  readonly password: string;
}

/** Further parts of the configuration. */
export interface DovecotParts {
  /** Mechanisms XOAUTH2 and OAUTHBEARER, which check tokens of this issuer without asking anybody. */
  readonly oauth2: { readonly issuer: string } | null;
  /** TLS on both ports: from the first byte on `imapsPort`, STARTTLS on `imapPort`. */
  readonly tls: boolean;
}

/** The users that the server runs as: everybody's own when it is not started by root. */
export interface DovecotUser {
  readonly name: string;
  readonly group: string;
  readonly uid: number;
  readonly gid: number;
}

/**
 * The configuration of Dovecot 2.3. Every user name exists, and all have one password. Each section needs lines of
 * its own: `a { b = c }` on one line is a syntax error there.
 */
export function dovecotSettings(place: DovecotPlace, parts: DovecotParts, user: DovecotUser): string {
  const mechanisms = parts.oauth2 ? 'plain login xoauth2 oauthbearer' : 'plain login';
  return `
base_dir = ${place.folder}/base
state_dir = ${place.folder}/state
log_path = ${place.folder}/dovecot.log
listen = 127.0.0.1
protocols = imap lmtp
disable_plaintext_auth = no
auth_mechanisms = ${mechanisms}
mail_location = maildir:${place.folder}/mail/%u
mail_uid = ${user.uid}
mail_gid = ${user.gid}
first_valid_uid = 0
default_internal_user = ${user.name}
default_internal_group = ${user.group}
default_login_user = ${user.name}
mail_max_userip_connections = 100
mailbox_idle_check_interval = 1 secs
verbose_proctitle = yes
auth_failure_delay = 0
${tlsSettings(place, parts.tls)}
service anvil {
  chroot =
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${place.imapPort}
  }
  inet_listener imaps {
    port = ${parts.tls ? place.imapsPort : 0}
    ssl = yes
  }
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = ${place.lmtpPort}
  }
}
${parts.oauth2 ? tokenSettings(place) : ''}
passdb {
  driver = static
  args = password=${place.password}
}
userdb {
  driver = static
  args = uid=${user.uid} gid=${user.gid} home=${place.folder}/home/%u
}
namespace inbox {
  inbox = yes
  mailbox Processed {
    auto = create
  }
}
`;
}

function tlsSettings({ folder }: DovecotPlace, tls: boolean): string {
  return tls ? `ssl = yes\nssl_cert = <${folder}/tls/certificate.pem\nssl_key = <${folder}/tls/key.pem` : 'ssl = no';
}

function tokenSettings({ folder }: DovecotPlace): string {
  return `passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = ${folder}/oauth2.conf.ext
}`;
}

/** How the server checks tokens: JWTs signed with the key of `keys/default/HS256/k1`. */
export function dovecotTokenSettings(folder: string, issuer: string): string {
  return `introspection_mode = local
local_validation_key_dict = fs:posix:prefix=${folder}/keys/
username_attribute = email
issuers = ${issuer}
`;
}
