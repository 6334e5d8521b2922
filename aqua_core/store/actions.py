"""Actions of a plan. Each edit appends a version; the plan is the newest of each."""

from aqua_core.store.cursor import Cursor
from aqua_core.vocabulary import Action, Scale


def add_action(cursor: Cursor, workshop_id: str, action: Action) -> None:
    """Append a version of an action."""
    cursor.execute(
        """
        INSERT INTO action (id, version, workshop_id, test, domain, lead_role, partners,
                            measure, review_on, scale)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """,
        [
            action.id,
            action.version,
            workshop_id,
            action.test,
            action.domain,
            action.lead,
            list(action.partners),
            action.measure,
            action.review_on,
            action.scale.value,
        ],
    )


def actions_of(cursor: Cursor, workshop_id: str) -> tuple[Action, ...]:
    """Give the newest version of each action, soonest review first."""
    rows = cursor.execute(
        """
        SELECT action.id, action.version, test, domain, lead_role, partners, measure,
               review_on, scale
        FROM action JOIN (
            SELECT id, max(version) AS version FROM action WHERE workshop_id = $1 GROUP BY id
        ) AS newest ON newest.id = action.id AND newest.version = action.version
        ORDER BY review_on, action.id
        """,
        [workshop_id],
    ).fetchall()
    return tuple(
        Action(
            id=action_id,
            version=version,
            test=test,
            domain=domain,
            lead=lead,
            partners=tuple(partners),
            measure=measure,
            review_on=review_on,
            scale=Scale(scale),
        )
        for action_id, version, test, domain, lead, partners, measure, review_on, scale in rows
    )
