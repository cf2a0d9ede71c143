-- TransE: entities are points and relations are shifts, so that head + relation lies near the tail. A false tail has
-- to lie farther away; distances are squared, and the margin is 1.
CREATE TABLE fact (id INT PRIMARY KEY, head INT, relation INT, tail INT, false_tail INT);
CREATE PARAMETER TABLE entity (id INT PRIMARY KEY CHECK (id BETWEEN 0 AND 48), v VECTOR[3] normal(0.5));
CREATE PARAMETER TABLE shift (id INT PRIMARY KEY CHECK (id BETWEEN 0 AND 2), v VECTOR[3] normal(0.5));

WITH aim AS (
    SELECT fact.id, fact.tail, fact.false_tail, head.v + shift.v AS v
    FROM fact JOIN entity head ON fact.head = head.id JOIN shift ON fact.relation = shift.id
), near AS (
    SELECT aim.id, tensor_sum(square(aim.v - tail.v)) AS v FROM aim JOIN entity tail ON aim.tail = tail.id
), far AS (
    SELECT aim.id, tensor_sum(square(aim.v - tail.v)) AS v FROM aim JOIN entity tail ON aim.false_tail = tail.id
)
SELECT AVG(relu(1 + near.v - far.v)) AS loss FROM near JOIN far ON near.id = far.id;
