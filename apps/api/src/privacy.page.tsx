import { Page, type Frame } from './layout/page.js';

export type PrivacyPageProps = {
  frame: Frame;
  /** Who runs this installation. */
  operator: string;
  /** An address for requests; null says to ask the coalition. */
  contact: string | null;
};

export function PrivacyPage({ frame, operator, contact }: PrivacyPageProps) {
  const w = frame.words.privacy;
  return (
    <Page frame={frame} title={w.title} findable>
      <h1>{w.title}</h1>
      <p className="lede">{w.lead}</p>
      {w.sections.map((section) => (
        <section key={section.title}>
          <h2>{section.title}</h2>
          {section.text.map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
        </section>
      ))}
      <section>
        <h2>{w.contact}</h2>
        <p>{w.contactText(operator)}</p>
        {contact ? (
          <p>
            {w.writeTo} <a href={`mailto:${contact}`}>{contact}</a>.
          </p>
        ) : (
          <p>{w.noContact}</p>
        )}
        <p>{w.appeal}</p>
      </section>
    </Page>
  );
}
