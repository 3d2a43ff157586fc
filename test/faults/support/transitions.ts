/** Triggers of the suite's own database: every change of a state is written down, and every moment's sum of refunds judged; indexes for the questions at the end. */
export const watchTransitions = `
CREATE TABLE seen_transitions (at timestamptz DEFAULT clock_timestamp(), kind text, id text, was text, became text);
CREATE FUNCTION see_transition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    INSERT INTO seen_transitions (kind, id, was, became) VALUES (TG_TABLE_NAME, OLD.id, OLD.status, 'deleted');
  ELSIF OLD.status IS DISTINCT FROM NEW.status THEN
    INSERT INTO seen_transitions (kind, id, was, became) VALUES (TG_TABLE_NAME, NEW.id, OLD.status, NEW.status);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER seen AFTER UPDATE OR DELETE ON payments FOR EACH ROW EXECUTE FUNCTION see_transition();
CREATE TRIGGER seen AFTER UPDATE OR DELETE ON attempts FOR EACH ROW EXECUTE FUNCTION see_transition();
CREATE TRIGGER seen AFTER UPDATE OR DELETE ON refunds FOR EACH ROW EXECUTE FUNCTION see_transition();
CREATE FUNCTION see_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO seen_transitions (kind, id, was, became) VALUES (TG_TABLE_NAME, OLD.id, 'written', lower(TG_OP));
  RETURN NULL;
END $$;
CREATE TRIGGER seen AFTER UPDATE OR DELETE ON captures FOR EACH ROW EXECUTE FUNCTION see_rewriting();
CREATE FUNCTION see_refund_sum() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT sum(amount) FROM refunds WHERE capture_id = NEW.capture_id AND status <> 'failed')
     > (SELECT amount FROM captures WHERE id = NEW.capture_id) THEN
    INSERT INTO seen_transitions (kind, id, was, became) VALUES ('refund_sum', NEW.capture_id, 'bounded', 'exceeded');
  END IF;
  RETURN NULL;
END $$;
CREATE INDEX ON events ((data->>'attempt_id'), type);
CREATE INDEX ON events ((data->>'capture_id'), type);
CREATE INDEX ON events ((data->>'refund_id'), type);
CREATE TRIGGER seen_sum AFTER INSERT OR UPDATE ON refunds FOR EACH ROW EXECUTE FUNCTION see_refund_sum();
`;

/** From where a state may be left, as DESIGN §4 says it; told here again so that the code under test is not its own judge. */
export const LAWFUL: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  payments: { open: ['paid', 'closed'], paid: [], closed: [] },
  attempts: {
    starting: ['awaiting_payer', 'unknown', 'failed', 'closed', 'superseded', 'paid'],
    awaiting_payer: ['unknown', 'failed', 'closed', 'superseded', 'paid'],
    unknown: ['awaiting_payer', 'failed', 'closed', 'superseded', 'paid'],
    superseded: ['closed', 'paid'],
    failed: ['paid'],
    closed: ['paid'],
    paid: [],
  },
  refunds: {
    processing: ['unknown', 'succeeded', 'failed', 'needs_review'],
    unknown: ['processing', 'succeeded', 'failed', 'needs_review'],
    needs_review: ['processing', 'unknown', 'succeeded', 'failed'],
    succeeded: [],
    failed: [],
  },
};
