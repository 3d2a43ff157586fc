import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '../auth/access.js';
import { Refusal } from '../http/refusal.js';
import type { GatewayReply, GatewayRequest } from '../http/request.js';
import { findAsset } from './assets.js';

/** Styles and scripts of the pages. Their names carry their content's hash, so browsers may keep them for ever. */
@Public()
@ApiExcludeController()
@Controller('assets')
export class AssetsController {
  @Get(':name')
  async asset(@Param('name') name: string, @Req() request: GatewayRequest, @Res() reply: GatewayReply): Promise<void> {
    const asset = findAsset(`/assets/${name}`);
    if (asset === undefined) throw new Refusal(404, 'not_found', 'No such file; load the page again.');
    const brotli = /\bbr\b/.test(String(request.headers['accept-encoding'] ?? ''));
    void reply
      .header('content-type', asset.type)
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('x-content-type-options', 'nosniff')
      .header('vary', 'Accept-Encoding');
    if (brotli) void reply.header('content-encoding', 'br');
    await reply.send(brotli ? asset.brotli : asset.bytes);
  }
}
