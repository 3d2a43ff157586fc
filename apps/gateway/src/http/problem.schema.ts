import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiProperty, ApiPropertyOptional, ApiResponse, getSchemaPath } from '@nestjs/swagger';

export class FieldErrorSchema {
  @ApiProperty({
    type: String,
    description: 'JSON Pointer into the body, or the name of a header or query parameter.',
    example: '/amount',
  })
  pointer: string;

  @ApiProperty({ type: String })
  message: string;
}

export class ProblemSchema {
  @ApiProperty({ enum: ['about:blank'] })
  type: 'about:blank';

  @ApiProperty({ type: String })
  title: string;

  @ApiProperty({ type: 'integer' })
  status: number;

  @ApiProperty({ type: String, description: 'Stable: clients switch on it.', example: 'invalid_request' })
  code: string;

  @ApiProperty({ type: String, description: 'For people: what to try instead.' })
  detail: string;

  @ApiPropertyOptional({ type: [FieldErrorSchema] })
  errors?: readonly FieldErrorSchema[];

  @ApiProperty({ type: String, description: 'Finds the request in the log.' })
  request_id: string;
}

/** Every refusal is a problem document (RFC 9457); some carry further members. */
export const RefusesWithProblems = (): ClassDecorator & MethodDecorator =>
  applyDecorators(
    ApiExtraModels(ProblemSchema),
    ...(['4XX', '5XX'] as const).map((status) =>
      ApiResponse({
        status,
        description: 'A problem document',
        content: { 'application/problem+json': { schema: { $ref: getSchemaPath(ProblemSchema) } } },
      }),
    ),
  );
