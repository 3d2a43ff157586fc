import { applyDecorators, Controller, UseFilters, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { ThrottlerGuard, type ThrottlerModuleOptions } from '@nestjs/throttler';
import { Public } from '../auth/access.js';
import { PageFilter } from './page.filter.js';

/**
 * So many requests a minute, per address and route: a street of phones behind one address gets through, a loop over tokens does
 * not get far. Counted in this process's memory; whoever runs several processes and wants one count puts it before them.
 */
export const PAGE_THROTTLING: ThrottlerModuleOptions = { throttlers: [{ ttl: 60_000, limit: 300 }] };

/** Hosted pages: open to anybody who has the address, counted per address, every error a page. */
export const PageController = (path: string | string[]): ClassDecorator =>
  applyDecorators(
    Controller(path),
    Public(),
    ApiExcludeController(),
    UseGuards(ThrottlerGuard),
    UseFilters(PageFilter),
  );
