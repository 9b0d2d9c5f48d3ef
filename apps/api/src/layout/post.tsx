type PostProps = {
  action: string;
  label: string;
  /** The one field it posts, if any. */
  name?: string;
  value?: string;
  tone?: 'main' | 'plain' | 'quiet';
  /** Opens the answer beside this page. */
  newTab?: boolean;
};

/** A visible button that POSTs: the only way anything changes (looking is not doing). */
export function Post({ action, label, name, value, tone = 'main', newTab = false }: PostProps) {
  return (
    <form method="post" action={action} {...(newTab ? { target: '_blank', rel: 'noopener' } : {})}>
      <button className={tone} name={name} value={value}>
        {label}
      </button>
    </form>
  );
}
