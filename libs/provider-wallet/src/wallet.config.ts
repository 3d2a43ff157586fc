import { Secret } from '@hutong/provider-kit';
import { IsString, Length, Matches } from 'class-validator';

/** Https anywhere, http on this machine only; a host, no path, no credentials. */
const BASE_URL = /^(?:https:\/\/[^\s/@?#]+|http:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?)$/;

/** What an account at a wallet needs. */
export class WalletSettings {
  @Matches(/^[0-9A-Za-z_-]{1,64}$/, { message: 'must be 1 to 64 letters, digits, _ or -' })
  merchant_id: string;

  /** The key of both directions' HMAC. */
  @Secret()
  @IsString({ message: 'must be a text' })
  @Length(32, 256, { message: 'must be 32 to 256 characters' })
  secret: string;

  @Matches(BASE_URL, { message: 'must be https://host, or http:// on this machine, without a path' })
  base_url: string;
}
