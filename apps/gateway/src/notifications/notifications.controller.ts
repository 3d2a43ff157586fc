import { Controller, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { receiveNotification, type CoreContext } from '@hutong/payment-core';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '../auth/access.js';
import type { GatewayReply, GatewayRequest } from '../http/request.js';
import { CORE } from '../tokens.js';

/** Where wallets report. Open to anybody: the message carries its own proof, checked before it is read. */
@ApiTags('Notifications')
@Public()
@Controller('notifications')
export class NotificationsController {
  constructor(@Inject(CORE) private readonly core: CoreContext) {}

  @Post(':provider/:account_id')
  @ApiOperation({ summary: "A provider's signed message about one account; answered as its document asks" })
  async receive(
    @Param('provider') provider: string,
    @Param('account_id') accountId: string,
    @Req() request: GatewayRequest,
    @Res() reply: GatewayReply,
  ): Promise<void> {
    const message = { headers: headerPairs(request.raw.rawHeaders), body: request.rawBody ?? Buffer.alloc(0) };
    const { status, contentType, body } = await receiveNotification(this.core, provider, accountId, message);
    await reply.status(status).header('content-type', contentType).send(body);
  }
}

/** Node's flat list of names and values, as pairs; repeated headers stay repeated. */
function headerPairs(flat: readonly string[]): [string, string][] {
  return flat.flatMap((name, index): [string, string][] => (index % 2 === 0 ? [[name, flat[index + 1] ?? '']] : []));
}
