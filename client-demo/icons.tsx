/** Line icons on a 20-pixel grid, drawn for this page. They decorate: the words beside them say what they mean. */
import type { ReactNode } from 'react';

interface IconProps {
  filled?: boolean;
}

const draw = (paths: ReactNode) =>
  function Icon({ filled = false }: IconProps) {
    return (
      <svg
        className="icon"
        viewBox="0 0 20 20"
        width="20"
        height="20"
        fill={filled ? 'currentColor' : 'none'}
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
      >
        {paths}
      </svg>
    );
  };

export const HeartIcon = draw(
  <path d="M10 16.6S3 12.6 3 7.7A3.7 3.7 0 0 1 6.7 4c1.4 0 2.6.8 3.3 2 .7-1.2 1.9-2 3.3-2A3.7 3.7 0 0 1 17 7.7c0 4.9-7 8.9-7 8.9Z" />,
);
export const SaveIcon = draw(<path d="M5.5 3.5h9a.8.8 0 0 1 .8.8v12.2L10 13.2l-5.3 3.3V4.3a.8.8 0 0 1 .8-.8Z" />);
export const BellIcon = draw(
  <>
    <path d="M10 3.2a4.6 4.6 0 0 0-4.6 4.6c0 3.9-1.6 5.3-1.6 5.3h12.4s-1.6-1.4-1.6-5.3A4.6 4.6 0 0 0 10 3.2Z" />
    <path d="M8.5 15.7a1.7 1.7 0 0 0 3 0" fill="none" />
  </>,
);
export const ShareIcon = draw(
  <>
    <path d="M10 12.4V3.4m0 0L6.8 6.6M10 3.4l3.2 3.2" />
    <path d="M4.5 10.5v4.7c0 .7.5 1.3 1.2 1.3h8.6c.7 0 1.2-.6 1.2-1.3v-4.7" />
  </>,
);
export const ReplyIcon = draw(<path d="M8 5 3.6 9.4 8 13.8M4 9.4h7.2c3 0 5.2 2 5.2 5.2v.6" />);
export const SunIcon = draw(
  <>
    <circle cx="10" cy="10" r="3.2" />
    <path d="M10 2.6v1.6M10 15.8v1.6M2.6 10h1.6M15.8 10h1.6M4.8 4.8 5.9 6M14.1 14.1l1.1 1.1M4.8 15.2 5.9 14M14.1 5.9l1.1-1.1" />
  </>,
);
export const MoonIcon = draw(<path d="M16.4 11.8A6.8 6.8 0 0 1 8.2 3.6a6.8 6.8 0 1 0 8.2 8.2Z" />);
export const ArrowUpIcon = draw(<path d="M10 16V4.5m0 0L5.2 9.3M10 4.5l4.8 4.8" />);
export const ChevronIcon = draw(<path d="m5.5 8 4.5 4.5L14.5 8" />);
export const CloseIcon = draw(<path d="m5.5 5.5 9 9m0-9-9 9" />);
export const PencilIcon = draw(
  <path d="m12.2 4.8 3 3M4 16l.8-3.8 8.6-8.6a1.4 1.4 0 0 1 2 0l1 1a1.4 1.4 0 0 1 0 2l-8.6 8.6L4 16Z" />,
);
export const WarningIcon = draw(
  <>
    <path d="M10 3.6 2.9 15.8h14.2L10 3.6Z" fill="none" />
    <path d="M10 8.4v3.4M10 13.7v.1" />
  </>,
);
export const TelescopeIcon = draw(
  <>
    <path d="m3.2 11.6 9.6-5.2 1.9 3.4-9.6 5.2a1.6 1.6 0 0 1-2.2-.6l-.3-.6a1.6 1.6 0 0 1 .6-2.2Z" fill="none" />
    <path d="m12.8 6.4 2.6-1.4 1.9 3.4-2.6 1.4M9.6 13.2l2 4M9 13.5l-2 3.7" />
  </>,
);
export const PulseMark = () => (
  <svg className="mark" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
    <rect width="32" height="32" rx="9" fill="currentColor" />
    <path
      d="M5.5 17h5l3-8.5 5 15 3-6.5h5"
      fill="none"
      stroke="var(--on-accent)"
      strokeWidth="2.6"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  </svg>
);
export const MoreIcon = draw(
  <>
    <circle cx="4.6" cy="10" r="0.9" />
    <circle cx="10" cy="10" r="0.9" />
    <circle cx="15.4" cy="10" r="0.9" />
  </>,
);
export const ClockIcon = draw(
  <>
    <circle cx="10" cy="10" r="6.8" fill="none" />
    <path d="M10 6.2V10l2.6 1.8" fill="none" />
  </>,
);
export const CheckIcon = draw(<path d="m4.5 10.5 3.6 3.6 7.4-8" fill="none" />);
export const DownloadIcon = draw(
  <>
    <path d="M10 3.4v9m0 0 3.4-3.4M10 12.4 6.6 9" fill="none" />
    <path d="M3.8 13.6v2a1 1 0 0 0 1 1h10.4a1 1 0 0 0 1-1v-2" fill="none" />
  </>,
);
