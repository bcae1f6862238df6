import { z } from 'zod';

/**
 * Every code a client can meet, over HTTP (as RFC 9457 problem+json) and over the socket (in acknowledgements).
 * The status is the HTTP one; a socket answer carries the code alone.
 */
export const problems = {
  invalid_json: { status: 400, title: 'The body is not valid JSON' },
  invalid_body: { status: 400, title: 'The body does not have the expected shape' },
  invalid_query: { status: 400, title: 'The query does not have the expected shape' },
  invalid_id: { status: 400, title: 'An id is a whole number from 1 to 2^53-1' },
  too_many_buckets: { status: 400, title: 'The range has too many buckets of this interval' },
  invalid_cursor: { status: 400, title: 'The cursor was not made by this list' },
  invalid_stream: { status: 400, title: 'There is no stream of that name' },
  invalid_payload: { status: 400, title: 'The message does not have the expected shape' },
  invalid_idempotency_key: { status: 400, title: 'An Idempotency-Key has 1 to 200 visible characters' },
  invalid_url: { status: 400, title: 'A webhook goes to an https URL without a user or a fragment' },
  too_many_endpoints: { status: 400, title: 'An advertiser has at most 20 webhook endpoints' },
  unauthenticated: { status: 401, title: 'This needs a token' },
  invalid_token: { status: 401, title: 'The token is not valid' },
  token_expired: { status: 401, title: 'The token has expired' },
  token_revoked: { status: 401, title: 'The token was revoked' },
  forbidden: { status: 403, title: 'The token does not allow this' },
  muted: { status: 403, title: 'The user may write no comments at present' },
  suspended: { status: 403, title: 'The user is suspended' },
  banned: { status: 403, title: 'The user is banned' },
  warning_unacknowledged: { status: 403, title: 'The user has a warning to acknowledge first' },
  own_comment: { status: 403, title: 'Nobody decides on a comment of their own' },
  own_decision: { status: 403, title: 'Who made a decision does not judge the appeal against it' },
  not_found: { status: 404, title: 'There is nothing at this address' },
  unknown_campaign: { status: 404, title: 'There is no such campaign' },
  unknown_comment: { status: 404, title: 'There is no such comment' },
  unknown_parent: { status: 404, title: 'The comment replied to is not in this campaign' },
  unknown_decision: { status: 404, title: 'There is no such decision' },
  unknown_template: { status: 404, title: 'There is no such template' },
  unknown_invoice: { status: 404, title: 'There is no such invoice' },
  unknown_media: { status: 404, title: 'The campaign has no such file' },
  unknown_impression: { status: 404, title: 'There is no such impression' },
  unknown_sanction: { status: 404, title: 'There is no such sanction in force' },
  unknown_appeal: { status: 404, title: 'There is no such appeal' },
  unknown_notice: { status: 404, title: 'There is no such notice' },
  unknown_endpoint: { status: 404, title: 'There is no such webhook endpoint' },
  unknown_delivery: { status: 404, title: 'There is no such delivery' },
  method_not_allowed: { status: 405, title: 'The address does not take this method' },
  campaign_closed: { status: 409, title: 'The campaign takes no engagement in its present status' },
  campaign_not_live: { status: 409, title: 'The campaign is not live' },
  parent_gone: { status: 409, title: 'The comment replied to is no longer shown' },
  comment_gone: { status: 409, title: 'The comment is no longer shown' },
  stale_revision: { status: 409, title: 'The comment was edited since' },
  already_decided: { status: 409, title: 'Somebody decided it already' },
  already_claimed: { status: 409, title: 'Somebody else is at work on it' },
  already_undone: { status: 409, title: 'The decision was undone already' },
  comment_changed: { status: 409, title: 'The comment was changed or decided anew since the decision' },
  batch_refused: { status: 409, title: 'One of the batch can not be done, so none was' },
  edit_window_closed: { status: 409, title: 'The comment can no longer be edited' },
  illegal_transition: { status: 409, title: 'The campaign can not go there from its present status' },
  already_appealed: { status: 409, title: 'The decision was appealed against already' },
  nothing_to_appeal: { status: 409, title: 'No decision stands against the comment' },
  nothing_to_bill: { status: 409, title: 'Every valid impression is billed' },
  too_many_media: { status: 409, title: 'A campaign has at most 100 files' },
  illegal_invoice_transition: { status: 409, title: 'The invoice can not go there from its present status' },
  illegal_invoice_change: { status: 409, title: 'The invoice can not be changed so in its present status' },
  amount_out_of_range: { status: 409, title: 'The amount does not fit what the invoice asks for' },
  endpoint_disabled: { status: 409, title: 'The webhook endpoint is disabled' },
  body_too_large: { status: 413, title: 'The body is larger than 1 MB' },
  too_many_events: { status: 413, title: 'A batch holds at most 500 events' },
  unsupported_media_type: { status: 415, title: 'The body has to be application/json' },
  private_address: { status: 422, title: 'The URL leads to an address that is not public' },
  idempotency_mismatch: { status: 422, title: 'The Idempotency-Key was used with another body' },
  invalid_event: { status: 400, title: 'The event does not have the expected shape' },
  rate_limited: { status: 429, title: 'Too many requests' },
  too_many_streams: { status: 429, title: 'A socket holds at most 100 streams' },
  too_many_sockets: { status: 429, title: 'Too many sockets are open from this address or for this user' },
  internal: { status: 500, title: 'Something failed on our side' },
  overloaded: { status: 503, title: 'The server has as much to do as it can hold' },
  too_many_exports: { status: 503, title: 'As many exports run as may run at once' },
  closing_too_long: { status: 503, title: 'The closing took longer than it may; nothing was billed' },
  unavailable: { status: 503, title: 'The database can not be reached' },
} as const;

export type ProblemCode = keyof typeof problems;

/** The body of every 4xx and 5xx answer (RFC 9457). `errors` points into the body with RFC 6901 pointers. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string(),
    requestId: z.string(),
    /** Of a batch each has the place and the code of what can't be done, and what would stand beside that code alone. */
    errors: z
      .array(
        z.object({
          pointer: z.string(),
          message: z.string(),
          index: z.int().min(0).optional(),
          code: z.string().optional(),
          decision: z.unknown().optional(),
          claim: z.unknown().optional(),
        }),
      )
      .optional(),
    /** With `already_decided` the decision that holds: `{id, action, moderator, …}`. */
    decision: z.unknown().optional(),
    /** With `already_claimed` whose it is: `{by, until}`. */
    claim: z.unknown().optional(),
    /** Of `muted`, `suspended`, `banned` and `warning_unacknowledged`: what restricts the user, and until when (null: no end). */
    sanctionId: z.number().optional(),
    until: z.string().nullable().optional(),
    reason: z.string().optional(),
    explanation: z.string().nullable().optional(),
    campaignId: z.number().nullable().optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problemSchema>;

export const socketErrorSchema = z.object({ code: z.string(), message: z.string() });
export type SocketError = z.infer<typeof socketErrorSchema>;
