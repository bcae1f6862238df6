-- 0004, step 3 of the clean-up: what users did gets a table of its own: likes, shares, comments, saves and bookmarks.
-- A bookmark is a follow. A comment with a parent is a reply, at any depth; a like with a parent is a like of that comment.

create table campaign_engagement (
  id bigint generated always as identity primary key,
  campaign_id bigint not null,
  impression_id bigint,
  brand_id bigint,
  user_id bigint not null,
  profile_id bigint,
  profile_type text,
  engagement_type text not null,
  comment_text text,
  parent_comment_id bigint,
  device_type text,
  location text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),

  -- cascade: engagement says nothing without its campaign.
  constraint an_engagement_belongs_to_a_campaign
    foreign key (campaign_id) references campaign_profile (id) on delete cascade,
  -- set null: the impression that led here is a hint; a person's like or comment outlives it.
  constraint an_engagement_may_name_its_impression
    foreign key (impression_id) references campaign_impressions (id) on delete set null,
  -- cascade: who really deletes a comment takes its replies and likes along. Ours leaves a tombstone instead.
  constraint a_reply_or_comment_like_belongs_to_a_comment
    foreign key (parent_comment_id) references campaign_engagement (id) on delete cascade,
  constraint engagement_type_is_known
    check (engagement_type in ('like', 'share', 'comment', 'save', 'bookmark')),
  constraint comments_and_only_comments_have_text
    check ((engagement_type = 'comment') = (comment_text is not null)),
  constraint a_comment_is_not_blank
    check (comment_text ~ '\S'),
  constraint only_likes_and_comments_have_a_parent
    check (parent_comment_id is null or engagement_type in ('like', 'comment')),
  constraint no_comment_is_its_own_parent
    check (parent_comment_id <> id),
  constraint engagement_device_type_is_known
    check (device_type in ('mobile', 'tablet', 'desktop', 'other'))
);

-- One like, save or bookmark for each user and campaign, and one like for each user and comment: two at once by one user
-- can never both land. Shares and comments repeat freely. It also answers "has this user …".
create unique index campaign_engagement_reactions_are_unique
  on campaign_engagement (campaign_id, user_id, engagement_type, parent_comment_id) nulls not distinct
  where engagement_type in ('like', 'save', 'bookmark');

-- A campaign's counts by type, and who engaged, newest first.
create index campaign_engagement_by_campaign_and_type
  on campaign_engagement (campaign_id, engagement_type, created_at desc, id desc);

-- "My engagement" and "my comments", newest first.
create index campaign_engagement_by_user on campaign_engagement (user_id, created_at desc, id desc);

-- The replies of a comment in time order, its likes, and the cascade of its foreign key.
create index campaign_engagement_by_parent
  on campaign_engagement (parent_comment_id, engagement_type, created_at, id)
  where parent_comment_id is not null;

-- Time windows over all campaigns. Rows arrive in time order, so a block range index does it in a few pages.
create index campaign_engagement_by_time on campaign_engagement using brin (created_at) with (autosummarize = on);

-- Which engagement an impression led to, and the `set null` of its foreign key.
create index campaign_engagement_by_impression
  on campaign_engagement (impression_id)
  where impression_id is not null;

-- The thread page: a campaign's top-level comments, newest first.
create index campaign_engagement_thread_page
  on campaign_engagement (campaign_id, created_at desc, id desc)
  where engagement_type = 'comment' and parent_comment_id is null;

-- Whether the user has done it at least once. A like of a comment is no like of the campaign; a reply is a comment.
create function has_user_engaged(campaign_id bigint, user_id bigint, engagement_type text)
returns boolean
language sql
stable
parallel safe
as $$
  select exists (
    select
    from campaign_engagement e
    where e.campaign_id = has_user_engaged.campaign_id
      and e.user_id = has_user_engaged.user_id
      and e.engagement_type = has_user_engaged.engagement_type
      and (e.engagement_type <> 'like' or e.parent_comment_id is null)
  )
$$;

-- One row, also for a campaign that nobody engaged with or that does not exist. Likes of comments are not counted,
-- replies are. total_engagements is the sum of the five.
create function get_campaign_engagement_counts(campaign_id bigint)
returns table (
  likes_count bigint,
  shares_count bigint,
  comments_count bigint,
  saves_count bigint,
  bookmarks_count bigint,
  total_engagements bigint
)
language sql
stable
parallel safe
rows 1
as $$
  select
    count(*) filter (where e.engagement_type = 'like'),
    count(*) filter (where e.engagement_type = 'share'),
    count(*) filter (where e.engagement_type = 'comment'),
    count(*) filter (where e.engagement_type = 'save'),
    count(*) filter (where e.engagement_type = 'bookmark'),
    count(*)
  from campaign_engagement e
  where e.campaign_id = get_campaign_engagement_counts.campaign_id
    and (e.engagement_type <> 'like' or e.parent_comment_id is null)
$$;
