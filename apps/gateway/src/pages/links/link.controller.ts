import { Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { Settings } from '@hutong/settings';
import { Refusal } from '../../http/refusal.js';
import type { GatewayReply, GatewayRequest } from '../../http/request.js';
import { SETTINGS } from '../../tokens.js';
import { refuseForeignForm } from '../form.js';
import { PageController } from '../page-controller.js';
import { visitorOf } from '../visitor.js';
import { LinkGate } from './link-gate.js';

/** Every page that links lead to. */
const PATHS = ['cashier', 'f', 'q'];
const TOKEN = /^[\w-]{22,64}$/;

/** "Open it here": the same for every shared page, whatever stands behind it. */
@PageController(PATHS)
export class LinkController {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly gate: LinkGate,
  ) {}

  @Post(':token/open')
  open(@Param('token') token: string, @Req() request: GatewayRequest, @Res() reply: GatewayReply) {
    refuseForeignForm(request, this.settings.publicUrl);
    const root = PATHS.find((it) => request.url.startsWith(`/${it}/`));
    if (root === undefined || !TOKEN.test(token)) throw new Refusal(404, 'not_found', 'No such page.');
    const path = `/${root}/${token}`;
    this.gate.remember(reply, path);
    return reply.redirect(path + visitorOf(request).query, 303);
  }
}
