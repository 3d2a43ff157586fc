/** A Nest application on Fastify with one route that answers an empty object: the most that this stack can do. */
import 'reflect-metadata';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { freePort } from '../../free-port.mjs';

class EmptyController {
  answer() {
    return {};
  }
}
Get()(EmptyController.prototype, 'answer', Object.getOwnPropertyDescriptor(EmptyController.prototype, 'answer'));
Controller('v1/empty')(EmptyController);

class EmptyModule {}
Module({ controllers: [EmptyController] })(EmptyModule);

const port = await freePort();
const app = await NestFactory.create(EmptyModule, new FastifyAdapter(), { logger: false });
await app.listen(port, '127.0.0.1');

process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send({ url: `http://127.0.0.1:${port}`, cpuSeconds: (user + system) / 1e6 });
});
