import '@prisma/client';
