import { ADMIN_ROLES, APP_ROLES, type KeyRole } from '@hutong/payment-core';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { MayBeAbsent } from '../http/may-be-absent.js';

export class MakeAppKeyDto {
  @ApiPropertyOptional({ enum: APP_ROLES, default: 'merchant', description: 'A `reader` only reads.' })
  @MayBeAbsent()
  @IsIn(APP_ROLES)
  role?: Extract<KeyRole, 'merchant' | 'reader'>;
}

export class MakeAdminKeyDto {
  @ApiPropertyOptional({
    enum: ADMIN_ROLES,
    default: 'viewer',
    description: 'A `viewer` reads, an `editor` changes apps and options, an `owner` accounts and keys too.',
  })
  @MayBeAbsent()
  @IsIn(ADMIN_ROLES)
  role?: Extract<KeyRole, 'owner' | 'editor' | 'viewer'>;
}
