import type { FastifyReply, FastifyRequest } from 'fastify';
import { PAYER_NAME } from '../frame/chosen-payer.js';
import { ControlError } from '../frame/control-error.js';
import { fenOf, formFields } from './form-fields.js';
import { meScreen } from './me-screen.js';
import type { People } from './people.js';
import { showScreen } from './shell.js';
import { keepPayer, visitOf } from './visit.js';

/** Whose phone it is. */
export class Choosing {
  constructor(private readonly people: People) {}

  show(request: FastifyRequest, reply: FastifyReply, alert?: string): FastifyReply {
    const visit = visitOf(request);
    const parts = { people: this.people.named(), nameless: this.people.nameless(), alert };
    return showScreen(reply, visit, meScreen(parts, visit));
  }

  choose(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const { payer = '' } = formFields(request.body);
    if (!PAYER_NAME.test(payer)) return this.show(request, reply, 'payer: 0-9 A-Z a-z _ -, 1 to 64.');
    return this.become(payer, reply);
  }

  create(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const { name = '', balance = '' } = formFields(request.body);
    try {
      this.people.create(name, fenOf(balance));
      return this.become(name, reply);
    } catch (cause) {
      if (!(cause instanceof ControlError)) throw cause;
      return this.show(request, reply, cause.detail);
    }
  }

  private become(payer: string, reply: FastifyReply): FastifyReply {
    keepPayer(reply, payer);
    return reply.redirect('/phone/me', 303);
  }
}
