-- A user came with a token of this advertiser, and hears of its campaigns from now on: what they have is no news. The 20
-- who came last hear of them.
create or replace function see_member(advertiser bigint, member bigint) returns void
language plpgsql
as $$
begin
  insert into advertiser_member (advertiser_id, user_id) values (advertiser, member) on conflict do nothing;
  if not found then
    update advertiser_member set seen_at = now() where advertiser_id = advertiser and user_id = member;
    return;
  end if;
  insert into notification_mark (user_id, campaign_id, seen)
  select member, p.id, v.seen
  from campaign_profile p join campaign_counters c on c.campaign_id = p.id
  cross join lateral (select engagement_of_others(p.id, member) as seen offset 0) v
  where p.advertiser_id = advertiser and (c.likes, c.shares, c.comments, c.saves, c.bookmarks) <> (0, 0, 0, 0, 0)
  on conflict do nothing;
  -- Who was here before: what is unread since then is counted on.
  insert into notification_note (user_id, kind, campaigns)
  select member, 'engagement', array_agg(n.campaign_id) from notification n join campaign_profile p on p.id = n.campaign_id
  where n.user_id = member and n.kind = 'engagement' and n.read_at is null and p.advertiser_id = advertiser
  having count(*) > 0;
  delete from advertiser_member m
  where m.advertiser_id = advertiser and m.user_id in (
    select o.user_id from advertiser_member o where o.advertiser_id = advertiser order by o.seen_at desc, o.user_id offset 20);
end
$$;
