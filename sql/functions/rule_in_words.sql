-- The rule of the discussion that a reason names, as its terms say it. Only known reasons: a moderator's or a rule's own
-- words may name people, and statements of reasons are published.
create or replace function rule_in_words(reason text) returns text
language sql immutable parallel safe
as $$
  select case reason
    when 'offensive' then 'nobody is demeaned for who they are'
    when 'abusive' then 'nobody is attacked or harassed'
    when 'spam' then 'no advertising, no repeated or automated messages'
    when 'illegal' then 'no content that the law forbids'
    when 'off_topic' then 'comments are about the campaign'
    else 'comments keep to the rules of the discussion'
  end
$$;
