import { Type } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsFQDN,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  MinLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';

const megabyte = 1024 * 1024;

/** `smtp:` our listener, the address that mailboxes forward to. */
export class SmtpConfiguration {
  /** Interface to listen on; `0.0.0.0` takes mail from other machines. */
  @IsString()
  readonly host: string = '127.0.0.1';

  /** SMTP_PORT wins. */
  @IsInt()
  @Min(0)
  @Max(65_535)
  readonly port: number = 2525;

  /** How we greet; `localhost` unless told. */
  @IsOptional()
  @IsFQDN({ require_tld: false })
  readonly hostname: string | null = null;

  /** PEM; with both files STARTTLS is offered. */
  @IsOptional()
  @IsString()
  readonly certificateFile: string | null = null;

  @IsOptional()
  @IsString()
  readonly keyFile: string | null = null;

  @IsInt()
  @Min(megabyte)
  readonly maxMessageBytes: number = 150 * megabyte;

  /**
   * Connections at a time from one IPv4 address, or one /64 of IPv6; more are told to come back (421). Raise it when all
   * mail comes through one server or one address translation. All peers together have 500.
   */
  @IsInt()
  @Min(1)
  readonly maxConnectionsPerPeer: number = 20;

  /** Checks DKIM, SPF and DMARC of each mail over DNS, for mailboxes that no trusted server writes results for. */
  @IsBoolean()
  readonly verifySenders: boolean = false;

  /** Networks that may deliver, as CIDR; empty allows everybody. Who is of one may name any number of unknown recipients. */
  @IsArray()
  @Matches(/^[0-9a-fA-F.:]+(\/\d{1,3})?$/, {
    each: true,
    message: 'each value in $property must be an address or CIDR',
  })
  readonly allowedNetworks: string[] = [];
}

/** `kafka.tls:` */
export class KafkaTlsConfiguration {
  @IsBoolean()
  readonly enabled: boolean = true;

  @IsOptional()
  @IsString()
  readonly caFile: string | null = null;

  @IsOptional()
  @IsString()
  readonly certFile: string | null = null;

  @IsOptional()
  @IsString()
  readonly keyFile: string | null = null;
}

const mechanisms = ['plain', 'scram-sha-256', 'scram-sha-512', 'oauthbearer'] as const;

/** `kafka.sasl:` */
export class KafkaSaslConfiguration {
  @IsIn(mechanisms)
  readonly mechanism!: (typeof mechanisms)[number];

  @ValidateIf(({ mechanism }: KafkaSaslConfiguration) => mechanism !== 'oauthbearer')
  @IsString()
  readonly username: string | null = null;

  @ValidateIf(({ mechanism }: KafkaSaslConfiguration) => mechanism !== 'oauthbearer')
  @IsString()
  readonly password: string | null = null;

  /** OAuth 2.0 token endpoint; client credentials grant. */
  @ValidateIf(({ mechanism }: KafkaSaslConfiguration) => mechanism === 'oauthbearer')
  @IsString()
  readonly tokenEndpoint: string | null = null;

  @ValidateIf(({ mechanism }: KafkaSaslConfiguration) => mechanism === 'oauthbearer')
  @IsString()
  readonly clientId: string | null = null;

  @ValidateIf(({ mechanism }: KafkaSaslConfiguration) => mechanism === 'oauthbearer')
  @IsString()
  readonly clientSecret: string | null = null;

  @IsOptional()
  @IsString()
  readonly scope: string | null = null;
}

/** `kafka:` used when there are brokers; otherwise the embedded log is. */
export class KafkaConfiguration {
  /** `host:port`; KAFKA_BROKERS wins. */
  @IsArray()
  @IsString({ each: true })
  readonly brokers: string[] = [];

  @IsString()
  readonly clientId: string = 'casewright';

  /** In front of every topic's name; TOPIC_PREFIX wins. */
  @Matches(/^[A-Za-z0-9._-]*$/)
  readonly topicPrefix: string = '';

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => KafkaTlsConfiguration)
  readonly tls: KafkaTlsConfiguration | null = null;

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => KafkaSaslConfiguration)
  readonly sasl: KafkaSaslConfiguration | null = null;

  /** For topics that we create; null leaves it to the cluster. */
  @IsOptional()
  @IsInt()
  @Min(1)
  readonly replicationFactor: number | null = null;
}

/** `caseTokens:` the signed token in our mails' references. */
export class CaseTokenConfiguration {
  /** Made and kept in the data folder when not given; several processes must share one. */
  @IsOptional()
  @IsString()
  @MinLength(16)
  readonly secret: string | null = null;

  /** Secrets of before: tokens that were issued with them stay genuine. */
  @IsArray()
  @IsString({ each: true })
  @MinLength(16, { each: true })
  readonly previous: string[] = [];
}

/** `rateLimit:` how often one API client may ask, counted by each process for itself. `rateLimit: off` is without limit. */
export class RateLimitConfiguration {
  /** Requests in a window; 0 is without limit. */
  @IsInt()
  @Min(0)
  readonly quota: number = 6_000;

  /** Seconds. */
  @IsInt()
  @Min(1)
  @Max(86_400)
  readonly window: number = 60;
}

/** `transcription:` the engine that writes sounds down, for connections with `transcripts: own`. Voices of customers go there. */
export class TranscriptionConfiguration {
  /** Up to where `/audio/transcriptions` follows, such as `http://127.0.0.1:8000/v1`. */
  @Matches(/^https?:\/\/[^\s/?#@]+(?:\/[^\s?#]*)?$/, {
    message: '$property must be an address such as http://127.0.0.1:8000/v1, without a login, a query or a fragment',
  })
  readonly url!: string;

  @IsString()
  @Length(1, 100)
  readonly model!: string;

  /** Sent as a bearer, where the engine asks for one. */
  @IsOptional()
  @Matches(/^[\x21-\x7e]{1,500}$/, { message: '$property must be one word' })
  readonly apiKey: string | null = null;
}
