ALTER TABLE "recognised_gifts" DROP CONSTRAINT "recognised_gifts_pledge_id_pledges_id_fk";
