/** The columns of DATA-MODEL.md, name by name; a test compares the database with them. */

export const PROFILE = words(`
  id name description objective
  advertiser_id brand_id
  target_audiences target_regions target_placements target_location national_location
  regional_country_code national_country_code
  campaign_budget cpi_rate billing_frequency total_impressions_planned
  start_date submitted_date launched_at ended_at paused_at created_at updated_at
  verification_status status_by status_reason status_at is_verified
  call_to_action campaign_socials auto_pause_on_low_balance minimum_balance_threshold grace_period_hours
  deposit_percent deposit_amount cancellation_fee_percent cancellation_fee_amount outstanding_balance
  remaining_balance total_charged amount_used final_settlement_amount
  cancelled_by_user_id cancellation_reason pause_reason`);

export const IMPRESSIONS = words(`
  id campaign_id brand_id is_unique_impression is_viewable viewable_duration clicked clicked_at converted converted_at
  user_id profile_id profile_type device_type location placement audience region
  cpi_rate charged charged_at ip_address user_agent session_id created_at`);

export const ENGAGEMENT = words(`
  id campaign_id impression_id brand_id user_id profile_id profile_type
  engagement_type comment_text parent_comment_id device_type location created_at updated_at`);

const INVOICES_ADDED = words(`
  billing_cycle_number billing_period_start billing_period_end discount_amount tax_amount refund_amount
  payment_method invoice_pdf_url`);

export const INVOICES = words(`
  id campaign_id advertiser_id brand_id billing_cycle_number billing_period_start billing_period_end
  impressions_delivered cpi_rate amount deposit_amount outstanding_amount discount_amount tax_amount refund_amount
  status payment_transaction_id paid_at payment_method invoice_pdf_url invoice_number invoice_type
  issued_at due_date notes created_at updated_at`);

export const MEDIA = words(`
  id campaign_id brand_id advertiser_id media_type placement file_url file_name file_size content_type display_order
  created_at updated_at`);

/** What steps 2, 4 and 5 take from campaign_profile. */
export const REMOVED = {
  step2: words(`
    invoice_id invoice_status invoice_due_date payment_status payment_transaction_id paid_at deposit_paid
    deposit_transaction_id final_settlement_paid final_settlement_transaction_id payment_model
    cost_per_click cost_per_view cost_per_engagement cost_per_conversion_rate last_billing_at`),
  step4: words(`
    impressions viewability_rate click_through_rate conversions conversion_rate engagement_rate reach
    impressions_delivered impressions_charged likes shares comments`),
  step5: words(`
    target_audience cost_per_impression video_completion_rate quartile_metrics frequency marketing_efficiency_ratio
    followers campaign_package_id`),
};

/** Columns by table after a step; 0 is the legacy baseline. Absent: the table is not there yet. */
export function columnsAfter(step: number): Record<string, string[]> {
  const profile = [
    ...PROFILE,
    ...(step < 2 ? REMOVED.step2 : []),
    ...(step < 4 ? REMOVED.step4 : []),
    ...(step < 5 ? REMOVED.step5 : []),
  ];
  return {
    campaign_profile: profile.sort(),
    campaign_invoices: INVOICES.filter((name) => step >= 1 || !INVOICES_ADDED.includes(name)).sort(),
    campaign_impressions: [...IMPRESSIONS].sort(),
    campaign_media: [...MEDIA].sort(),
    ...(step >= 3 ? { campaign_engagement: [...ENGAGEMENT].sort() } : {}),
  };
}

function words(text: string): string[] {
  return text.trim().split(/\s+/);
}
