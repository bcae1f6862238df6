-- The statement of reasons for a line of the log that restricts a comment or a user, in the fields of the DSA Transparency
-- Database; null for any other line. Without personal data: no names, no ids of users, nothing that somebody typed but the
-- law that a notice names, and of that no addresses.
create or replace function statement_of_reasons(l moderation_log) returns jsonb
language sql stable
as $$
  select jsonb_build_object(
    'decision_visibility', case when l.action in ('reject', 'refuse') then jsonb_build_array('DECISION_VISIBILITY_CONTENT_REMOVED')
      when l.action = 'hold' then jsonb_build_array('DECISION_VISIBILITY_CONTENT_DISABLED')
      when l.action = 'premod' then jsonb_build_array('DECISION_VISIBILITY_OTHER') end,
    'decision_visibility_other', case l.action when 'premod' then 'Comments are shown after a moderator has read them.' end,
    'end_date_visibility_restriction', case l.action when 'premod' then f.ends end,
    'decision_provision', case when f.partly then case when l.action = 'ban' and f.ends is null
      then 'DECISION_PROVISION_PARTIAL_TERMINATION' else 'DECISION_PROVISION_PARTIAL_SUSPENSION' end end,
    'end_date_service_restriction', case when f.partly then f.ends end,
    'decision_account', case when f.wholly then case when f.ends is null
      then 'DECISION_ACCOUNT_TERMINATED' else 'DECISION_ACCOUNT_SUSPENDED' end end,
    'end_date_account_restriction', case when f.wholly then f.ends end,
    'account_type', null,
    'decision_ground', case when f.illegal
      then 'DECISION_GROUND_ILLEGAL_CONTENT' else 'DECISION_GROUND_INCOMPATIBLE_CONTENT' end,
    'illegal_content_legal_ground', case when f.illegal then left(coalesce(nullif(without_contacts(n.law), ''),
      case when f.notified then 'The notice named no law.' else 'No law was named.' end), 500) end,
    'illegal_content_explanation', case when f.illegal then case when f.notified
      then 'A moderator upheld a notice under article 16 of Regulation (EU) 2022/2065.'
      else 'A moderator judged the content to be against the law.' end end,
    'incompatible_content_ground', case when not f.illegal then 'Rules of the discussion: ' || rule_in_words(l.reason) end,
    'incompatible_content_explanation', case when not f.illegal then case
      when l.actor_id is null then 'Automated rules found the comment to break this rule, or likely to.'
      else 'A moderator found this rule to be broken.' end end,
    'incompatible_content_illegal', case when not f.illegal then 'No' end,
    'category', case
      when f.illegal and f.notified and n.law is null then 'STATEMENT_CATEGORY_NOT_SPECIFIED_NOTICE'
      when f.illegal or l.reason = 'offensive' then 'STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH'
      when l.reason = 'abusive' then 'STATEMENT_CATEGORY_CYBER_VIOLENCE'
      else 'STATEMENT_CATEGORY_OTHER_VIOLATION_TC' end,
    'category_specification', jsonb_build_array(case when l.reason = 'abusive' and not f.illegal
      then 'KEYWORD_CYBER_HARASSMENT' else 'KEYWORD_OTHER' end),
    'content_type', jsonb_build_array('CONTENT_TYPE_TEXT'),
    'content_language', null,
    'content_date', to_char(greatest(coalesce(e.created_at, l.at), '2000-01-01') at time zone 'utc', 'YYYY-MM-DD'),
    'application_date', to_char(l.at at time zone 'utc', 'YYYY-MM-DD'),
    'decision_facts', case
      when l.action in ('reject', 'refuse', 'hold') then format('A comment of %s, in its revision %s, was %s. %s%s',
        to_char(coalesce(e.created_at, l.at) at time zone 'utc', 'YYYY-MM-DD'), coalesce(l.revision, 1),
        case l.action when 'hold' then 'held until a moderator has read it' else 'rejected' end,
        case flags.count when 0 then 'No reader had reported it.' else format('Reports by readers: %s.', flags.count) end,
        case when hits.rules is not null then format(' Rules that found something: %s.', hits.rules) else '' end)
      else format('A moderator decided on the conduct of a user%s. Comments of theirs that had been rejected: %s.',
        case when l.campaign_id is null then '' else ' in one discussion' end, past.rejections) end,
    'source_type', case when f.notified then 'SOURCE_ARTICLE_16' when flags.count > 0 then 'SOURCE_TYPE_OTHER_NOTIFICATION'
      else 'SOURCE_VOLUNTARY' end,
    'source_identity', null,
    'automated_detection', case when l.actor_id is null or hits.rules is not null then 'Yes' else 'No' end,
    'automated_decision', case when l.actor_id is null then 'AUTOMATED_DECISION_FULLY'
      when hits.rules is not null then 'AUTOMATED_DECISION_PARTIALLY' else 'AUTOMATED_DECISION_NOT_AUTOMATED' end,
    'territorial_scope', to_jsonb(array['AT', 'BE', 'BG', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'FR', 'GR', 'HR', 'HU',
      'IE', 'IS', 'IT', 'LI', 'LT', 'LU', 'LV', 'MT', 'NL', 'NO', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK']),
    'puid', l.id::text)
  from (select 1) one
  left join campaign_engagement e on e.id = l.comment_id
  left join lateral ( -- one that is being upheld, and so has no decision yet
    select m.id, m.law from moderation_notice m
    where m.comment_id = l.comment_id and m.status = 'upheld' and m.decision_id is null
      and l.action = 'reject' and l.reason = 'illegal' order by m.id desc limit 1
  ) n on true
  cross join lateral (select coalesce(l.reason = 'illegal', false) as illegal, n.id is not null as notified,
      l.action = 'mute' or l.action in ('suspend', 'ban') and l.campaign_id is not null as partly,
      l.action in ('suspend', 'ban') and l.campaign_id is null as wholly,
      to_char(least((l.details->>'until')::timestamptz, '2037-12-31Z') at time zone 'utc', 'YYYY-MM-DD') as ends) f
  cross join lateral (select count(*) from comment_flag g where g.comment_id = l.comment_id) flags
  cross join lateral (
    select string_agg(h.rule, ', ' order by h.rule) as rules from comment_rule_hit h
    where h.comment_id = l.comment_id and h.outcome <> 'publish' and not h.shadow and h.rule ~ '^[a-z][a-z0-9_-]{0,40}$'
      and h.revision = (select max(revision) from comment_rule_hit m where m.comment_id = l.comment_id)
  ) hits
  cross join lateral (
    select count(*) as rejections from moderation_log p
    where l.comment_id is null and p.user_id = l.user_id and p.action = 'reject' and p.id < l.id
      and not exists (select from moderation_log u where u.undoes = p.id)
  ) past
  where l.action in ('reject', 'refuse', 'hold', 'mute', 'premod', 'suspend', 'ban')
$$;
