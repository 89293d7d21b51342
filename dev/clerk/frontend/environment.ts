const UNUSED = {
  enabled: false,
  required: false,
  used_for_first_factor: false,
  first_factors: [],
  used_for_second_factor: false,
  second_factors: [],
  verifications: [],
  verify_at_sign_up: false,
};
const REQUIRED = { ...UNUSED, enabled: true, required: true };

/** What a user signs up with. The components show no field that is optional. */
const ATTRIBUTES = {
  email_address: {
    ...UNUSED,
    enabled: true,
    required: true,
    // The profile offers neither a second address nor the removal of the first.
    immutable: true,
    used_for_first_factor: true,
    first_factors: ['email_code'],
    verifications: ['email_code'],
    verify_at_sign_up: true,
  },
  password: REQUIRED,
  first_name: REQUIRED,
  last_name: REQUIRED,
  phone_number: UNUSED,
  username: UNUSED,
  web3_wallet: UNUSED,
  authenticator_app: UNUSED,
  backup_code: UNUSED,
  passkey: UNUSED,
};

const USER_SETTINGS = {
  attributes: ATTRIBUTES,
  actions: { delete_self: false, create_organization: false },
  social: {},
  enterprise_sso: { enabled: false, self_serve_sso: false, self_serve_directory_sync: false },
  sign_in: { second_factor: { enabled: false, required: false } },
  sign_up: {
    allowlist_only: false,
    captcha_enabled: false,
    legal_consent_enabled: false,
    mode: 'public',
    progressive: true,
    mfa: { required: false },
  },
  password_settings: {
    allowed_special_characters: '',
    disable_hibp: true,
    min_length: 8,
    max_length: 72,
    require_special_char: false,
    require_numbers: false,
    require_uppercase: false,
    require_lowercase: false,
    show_zxcvbn: false,
    min_zxcvbn_strength: 0,
  },
  passkey_settings: { allow_autofill: false, show_sign_in_button: false },
  username_settings: { min_length: 4, max_length: 64 },
  attack_protection: { enumeration_protection: { enabled: false } },
};

const ORGANIZATION_SETTINGS = {
  enabled: true,
  max_allowed_memberships: 5,
  force_organization_selection: false,
  actions: { admin_delete: false },
  domains: { enabled: false, enrollment_modes: [], default_role: null },
  slug: { disabled: false },
  organization_creation_defaults: { enabled: false },
};

/** What clerk-js and its components are told of the instance. @param appUrl origin of the application. */
export function environmentJson(appUrl: string) {
  return {
    object: 'environment',
    id: 'env_local',
    auth_config: {
      object: 'auth_config',
      id: 'aac_local',
      single_session_mode: true,
      claimed_at: null,
      reverification: false,
    },
    display_config: displayConfig(appUrl),
    user_settings: USER_SETTINGS,
    organization_settings: ORGANIZATION_SETTINGS,
    commerce_settings: {
      object: 'commerce_settings',
      billing: {
        stripe_publishable_key: null,
        organization: { enabled: false, has_paid_plans: false },
        user: { enabled: false, has_paid_plans: false },
      },
    },
    api_keys_settings: {
      object: 'api_keys_settings',
      id: 'aks_local',
      user_api_keys_enabled: false,
      orgs_api_keys_enabled: false,
    },
    protect_config: { object: 'protect_config', id: 'pc_local' },
    maintenance_mode: false,
  };
}

function displayConfig(appUrl: string) {
  return {
    object: 'display_config',
    id: 'display_config_local',
    application_name: 'Gatehouse',
    branded: false,
    captcha_public_key: null,
    captcha_widget_type: null,
    captcha_public_key_invisible: null,
    captcha_provider: 'turnstile',
    captcha_oauth_bypass: null,
    instance_environment_type: 'production',
    show_devmode_warning: false,
    preferred_sign_in_strategy: 'password',
    theme: {},
    // Empty ones would make the components' pictures ask for the page itself.
    logo_image_url: null,
    favicon_image_url: null,
    support_email: null,
    terms_url: null,
    privacy_policy_url: null,
    home_url: appUrl,
    sign_in_url: `${appUrl}/sign-in`,
    sign_up_url: `${appUrl}/sign-up`,
    after_sign_in_url: appUrl,
    after_sign_up_url: appUrl,
    after_sign_out_all_url: appUrl,
    after_sign_out_one_url: appUrl,
    after_switch_session_url: appUrl,
    user_profile_url: appUrl,
    organization_profile_url: appUrl,
    create_organization_url: appUrl,
    after_create_organization_url: appUrl,
    after_leave_organization_url: appUrl,
    waitlist_url: appUrl,
    after_join_waitlist_url: appUrl,
  };
}
